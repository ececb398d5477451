package desk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
	"github.com/sodale/sodale/sync/seal"
)

var ctx = context.Background()

// bench is a desk whose doings can be looked at.
type bench struct {
	*desk.Desk
	databaseURL string
}

// events lists what the demo member was told.
func (d bench) events(t *testing.T) []submission.FeedEvent {
	t.Helper()
	told, err := d.Archive.Store.Events(ctx, string(demo.Elena), 0, 1000)
	must(t, err)
	var events []submission.FeedEvent
	for _, e := range told {
		events = append(events, submission.FeedEvent(e))
	}
	return events
}

// spoilBody changes one bit of a stored body.
func (d bench) spoilBody(t *testing.T, c store.Claim) {
	t.Helper()
	r, err := d.Archive.Store.Revision(ctx, c.Member, c.Subject, 1)
	must(t, err)
	r.Body[len(r.Body)-1] ^= 1
	driver, source := "sqlite", filepath.Join(d.Archive.Dir, "mutuad.db")
	if d.databaseURL != "" {
		driver, source = "pgx", d.databaseURL
	}
	db, err := sql.Open(driver, source)
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(ctx, "UPDATE revision SET body = $1 WHERE subject = $2", r.Body, c.Subject)
	must(t, err)
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

type clockAt time.Time

func (c clockAt) Now() time.Time { return time.Time(c) }

// everywhere runs a test at the desk of the demo mutual with its older claims, 26-004471 to 26-004477.
func everywhere(t *testing.T, test func(t *testing.T, d bench)) {
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		a, err := archive.Open(ctx, t.TempDir(), archive.Options{DatabaseURL: databaseURL, Clock: clockAt(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))})
		must(t, err)
		t.Cleanup(func() { a.Close() })
		must(t, demo.Seed(ctx, a))
		must(t, demo.SeedHistory(ctx, a))
		test(t, bench{&desk.Desk{Archive: a, Actor: "rossi"}, databaseURL})
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheListTellsOfEveryClaimWithoutOpeningIt(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		rows, err := d.List(ctx)
		must(t, err)
		if len(rows) != 7 {
			t.Fatalf("%d rows", len(rows))
		}
		r := rows[0]
		if r.Number != "26-004471" || r.Member != demo.User || r.State != claim.Paid || r.Revision != 1 || r.TotalCents != 3615 ||
			len(r.Attachments) != 1 || len(r.Attachments[0].Plain) != 64 || r.ReceivedAt.IsZero() {
			t.Fatalf("%+v", r)
		}
		text, err := json.Marshal(rows)
		must(t, err)
		for _, word := range []string{"Marchetti", "San Carlo", "visit", "MRCLNE"} {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("the list says %q", word)
			}
		}
	})
}

func TestShowOpensAClaimByIDOrNumberAndWritesThatDown(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		byNumber, err := d.Show(ctx, "26-004472")
		must(t, err)
		byID, err := d.Show(ctx, byNumber.ID)
		must(t, err)
		if byID.Number != "26-004472" || byID.Filed.Documents[0].Person != demo.Luca || byID.Filed.Documents[0].Provider != "Laboratorio Analisi Lambro" {
			t.Fatalf("%+v", byID)
		}
		if len(byID.Events) != 3 || byID.Events[2].News.State != claim.Rejected || byID.Events[2].News.Reason == "" {
			t.Fatalf("%+v", byID.Events)
		}
		rows, err := d.Archive.Store.Audits(ctx)
		must(t, err)
		last := rows[len(rows)-1]
		if last.Actor != "rossi" || last.Action != "claim.opened" || last.Subject != byID.ID {
			t.Fatalf("%+v", last)
		}
		if _, err := d.Show(ctx, "26-999999"); fault.CodeOf(err) != store.CodeNone {
			t.Fatalf("%v", err)
		}
	})
}

// good fills in what a decision needs.
func good(s claim.State) desk.Decision {
	say := desk.Decision{State: s}
	switch s {
	case claim.Approved:
		say.Granted = 1000
	case claim.Rejected, claim.Blocked, claim.DocumentsRequested:
		say.Reason = "Motivo."
	}
	return say
}

var decidable = []claim.State{claim.Registered, claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged,
	claim.Paid, claim.Withdrawn}

// CLM-48: the desk decides only what the member's program accepts.
func TestADecisionFollowsTheTableOfStatesAndTellsTheMember(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		c, err := d.Archive.Store.FindClaim(ctx, "26-004474")
		must(t, err)
		for _, from := range decidable {
			for _, to := range decidable {
				if to == claim.Merged || from == claim.Merged { // these need another claim; see the tests of joining
					continue
				}
				c.State = from
				must(t, d.Archive.Store.Write(ctx, func(tx *store.Tx) error { return tx.PutClaim(ctx, c) }))
				before := d.events(t)
				_, err := d.Decide(ctx, c.Subject, good(to))
				after := d.events(t)
				if from == to || !archive.MayMove(from, to) {
					if fault.CodeOf(err) != desk.CodeNotAllowed || len(after) != len(before) {
						t.Fatalf("%s to %s: %v", from, to, err)
					}
					continue
				}
				if err != nil || len(after) != len(before)+1 {
					t.Fatalf("%s to %s: %v", from, to, err)
				}
				told, err := claim.Apply(claim.Claim{Mutual: claim.Standing{State: from}}, after[len(after)-1])
				if err != nil || told.Mutual.State != to || told.Mutual.Number != "26-004474" || told.Mutual.Text == "" {
					t.Fatalf("%s to %s: the member was told %+v, %v", from, to, told.Mutual, err)
				}
			}
		}
	})
}

func TestADecisionThatLacksOrHasTooMuchChangesNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		day := civil.Date{Year: 2026, Month: 12, Day: 31}
		for field, say := range map[string]desk.Decision{
			"state":    {State: "dreaming"},
			"reason":   {State: claim.Rejected},
			"granted":  {State: claim.Approved},
			"reply-by": {State: claim.InReview, ReplyBy: day},
			"paid-on":  {State: claim.Approved, Granted: 1, PaidOn: day},
		} {
			before := len(d.events(t))
			_, err := d.Decide(ctx, "26-004474", say)
			var f *fault.Error
			if !errors.As(err, &f) || f.Code != desk.CodeDecision || f.Item != field || len(d.events(t)) != before {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := d.Decide(ctx, "26-999999", good(claim.Paid)); fault.CodeOf(err) != store.CodeNone {
			t.Errorf("unknown claim: %v", err)
		}
	})
}

func TestPaymentHappensTodayUnlessADayIsSaid(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		for _, say := range []desk.Decision{{State: claim.Approved, Granted: 15000}, {State: claim.Paid}} {
			if _, err := d.Decide(ctx, "26-004474", say); err != nil {
				t.Fatal(err)
			}
		}
		events := d.events(t)
		var news claim.StatusNews
		must(t, json.Unmarshal(events[len(events)-1].Body, &news))
		if news.PaidOn != (civil.Date{Year: 2026, Month: 11, Day: 22}) {
			t.Fatalf("%+v", news)
		}
	})
}

func TestTheExportHoldsWhatTheMemberSentByteForByte(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		dir := t.TempDir()
		report, err := d.Export(ctx, dir)
		must(t, err)
		if len(report.Claims) != 8 || // one of them with two revisions
			len(report.Wrong) != 0 {
			t.Fatalf("%+v", report)
		}
		folder := filepath.Join(dir, report.Claims[0].Folder)
		body, err := os.ReadFile(filepath.Join(folder, "claim.json"))
		must(t, err)
		filed, err := claim.Decode(body)
		must(t, err)
		receipt, err := os.ReadFile(filepath.Join(folder, "receipt.json"))
		must(t, err)
		r, err := seal.VerifyReceipt(d.Archive.Keys.Public(), receipt)
		if err != nil || r.Subject != string(filed.ID) || r.Plain != hashOf(body) {
			t.Fatalf("%+v, %v", r, err)
		}
		file, err := os.ReadFile(filepath.Join(folder, report.Claims[0].Files[0]))
		if err != nil || hashOf(file) != filed.Documents[0].Attachments[0].Plain || !strings.HasSuffix(report.Claims[0].Files[0], ".pdf") {
			t.Fatal(report.Claims[0].Files, err)
		}
	})
}

func TestTheExportNamesWhatIsDamagedAndWritesTheRest(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		rows, err := d.List(ctx)
		must(t, err)
		lost, rotten := rows[0].Attachments[0].Digest, rows[1].Attachments[0].Digest
		path := func(digest string) string { return filepath.Join(d.Archive.Dir, "blobs", string(demo.Elena), digest) }
		must(t, os.Remove(path(lost)))
		data, err := os.ReadFile(path(rotten))
		must(t, err)
		data[len(data)-3] ^= 1
		must(t, os.WriteFile(path(rotten), data, 0o600))
		c, err := d.Archive.Store.FindClaim(ctx, rows[2].Number)
		must(t, err)
		d.spoilBody(t, c)
		report, err := d.Export(ctx, t.TempDir())
		if fault.CodeOf(err) != desk.CodeDamaged || !slices.Equal(report.Wrong, []string{lost, rotten, rows[2].Number + "/1"}) {
			t.Fatalf("%v, %v", report.Wrong, err)
		}
		if last := report.Claims[len(report.Claims)-1]; last.Number != rows[6].Number || len(last.Files) != 1 {
			t.Fatalf("%+v", report.Claims)
		}
	})
}

func TestTheOlderClaimsOfTheDemoAreFiledOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		must(t, demo.Seed(ctx, d.Archive))
		must(t, demo.SeedHistory(ctx, d.Archive))
		if rows, err := d.List(ctx); err != nil || len(rows) != 7 {
			t.Fatalf("%d, %v", len(rows), err)
		}
		for i, e := range d.events(t) {
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has place %d", i, e.Seq)
			}
		}
	})
}
