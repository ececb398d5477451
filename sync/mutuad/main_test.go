package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/seal"
)

// mutuad runs the program as from a command line.
func mutuad(t *testing.T, wantCode int, args ...string) (out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := &program{out: &stdout, err: &stderr}
	if code := p.run(context.Background(), args); code != wantCode {
		t.Fatalf("mutuad %v ended with %d: %s%s", args, code, &stdout, &stderr)
	}
	return stdout.String(), stderr.String()
}

func fromJSON[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

func TestTheMutualsPeopleListShowDecideAndExport(t *testing.T) {
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--history", "--data", dir)
	out, _ := mutuad(t, 0, "claim", "list", "--json", "--data", dir)
	rows := fromJSON[[]desk.Row](t, out)
	if len(rows) != 7 || !strings.HasSuffix(rows[3].Number, "-004474") || rows[3].State != claim.InReview {
		t.Fatalf("%+v", rows)
	}
	name := rows[3].Number
	out, _ = mutuad(t, 0, "claim", "decide", name, "--json", "--state", "documents-requested", "--reason", "Manca la prescrizione.",
		"--reply-by", "2027-01-31", "--text", "Manda la prescrizione.", "--data", dir)
	if r := fromJSON[desk.Row](t, out); r.State != claim.DocumentsRequested {
		t.Fatalf("%+v", r)
	}
	out, _ = mutuad(t, 0, "claim", "show", "--data", dir, name)
	d := fromJSON[desk.Detail](t, out)
	last := d.Events[len(d.Events)-1]
	if d.ID != rows[3].ID || last.Text != "Manda la prescrizione." || last.News.ReplyBy.String() != "2027-01-31" || last.News.Reason == "" {
		t.Fatalf("%+v", d)
	}
	_, text := mutuad(t, exitFailed, "claim", "decide", name, "--state", "paid", "--data", dir, "--json")
	if failure := fromJSON[map[string]string](t, text); failure["code"] != string(desk.CodeNotAllowed) || failure["item"] != string(claim.DocumentsRequested) {
		t.Fatal(text)
	}
}

// CLM-24, CLM-41, CLM-42, CRT-05: what follows --document is said of that document.
func TestDocumentsAreDecidedOneByOneFromTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--history", "--data", dir)
	out, _ := mutuad(t, 0, "claim", "list", "--json", "--data", dir)
	rows := fromJSON[[]desk.Row](t, out)
	open, joined := rows[5], rows[6]
	if joined.State != claim.Merged || joined.JoinedTo != open.Number || !slices.Equal(open.Joined, []string{joined.Number}) || open.ReplyBy.IsZero() ||
		open.Outcomes != (desk.Outcomes{Approved: 1, Requested: 1}) || rows[3].Kind != claim.StudyGrant || rows[4].State != claim.Withdrawn {
		t.Fatalf("%+v", rows)
	}
	out, _ = mutuad(t, 0, "claim", "list", "--data", dir)
	for _, word := range []string{"study", "withdrawn", "joined to " + open.Number, "with " + joined.Number, "1 approved, 0 rejected, 1 requested", "reply by"} {
		if !strings.Contains(out, word) {
			t.Errorf("%q is missing in\n%s", word, out)
		}
	}
	out, _ = mutuad(t, 0, "claim", "decide", open.Number, "--json", "--state", "approved", "--text", "Decisa.",
		"--document", "2", "--outcome", "rejected", "--reason", "Manca la ricetta.", "--article", "2.4",
		"--document", "3", "--outcome", "approved", "--granted", "28,92", "--own", "723", "--data", dir)
	if r := fromJSON[desk.Row](t, out); r.State != claim.Approved || r.Granted != 2000 || r.Outcomes != (desk.Outcomes{Approved: 1, Rejected: 1}) {
		t.Fatalf("%+v", r)
	}
	out, _ = mutuad(t, 0, "claim", "show", joined.ID, "--data", dir)
	if d := fromJSON[desk.Detail](t, out); d.Granted != 2892 || len(d.Papers) != 3 || d.Papers[2].Claim != joined.Number || d.Papers[2].Outcome.Own != 723 {
		t.Fatalf("%+v", d)
	}
	if out, _ = mutuad(t, 0, "claim", "expire", "--json", "--data", dir); strings.TrimSpace(out) != "[]" {
		t.Fatal(out)
	}
	for _, args := range [][]string{{"--outcome", "approved"}, {"--own", "1"}, {"--granted", "molto"}, {"--granted", "1,2,3"}} {
		mutuad(t, exitUsage, append([]string{"claim", "decide", open.Number, "--state", "approved", "--data", dir}, args...)...)
	}
	if _, text := mutuad(t, exitFailed, "claim", "decide", joined.Number, "--state", "paid", "--json", "--data", dir); !strings.Contains(text, open.Number) {
		t.Fatal(text)
	}
}

func TestAProposalIsShownAndTakenOverFromTheCommandLine(t *testing.T) { // CLM-49
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--history", "--data", dir)
	out, _ := mutuad(t, 0, "claim", "list", "--json", "--data", dir)
	open := fromJSON[[]desk.Row](t, out)[5]
	mutuad(t, 0, "claim", "decide", open.Number, "--state", "in-review", "--data", dir)
	out, _ = mutuad(t, 0, "claim", "decide", "--propose", open.Number, "--json", "--data", dir)
	said := fromJSON[desk.Proposal](t, out)
	if len(said.Documents) != 3 || said.State != claim.Approved || said.Granted != 2000+2496+5760 {
		t.Fatalf("%+v", said)
	}
	out, _ = mutuad(t, 0, "claim", "decide", open.Number, "--propose", "--data", dir)
	for _, word := range []string{"Paolo Marchetti", "57,60", "14,40", "PIANO_BASE_2019 art. 1.1", "to check: Manca la prescrizione", "decided already: approved 20,00", "Nothing is decided yet"} {
		if !strings.Contains(out, word) {
			t.Errorf("%q is missing in\n%s", word, out)
		}
	}
	for _, args := range [][]string{{"--accept"}, {"--propose", "--state", "approved"}, {"--propose", "--document", "1"}} {
		mutuad(t, exitUsage, append([]string{"claim", "decide", open.Number, "--data", dir}, args...)...)
	}
	if out, _ = mutuad(t, 0, "claim", "show", open.Number, "--data", dir); fromJSON[desk.Detail](t, out).State != claim.InReview {
		t.Fatal(out)
	}
	out, _ = mutuad(t, 0, "claim", "decide", open.Number, "--propose", "--accept", "--json", "--data", dir)
	if r := fromJSON[desk.Row](t, out); r.State != claim.Approved || r.Granted != 2000+2496 {
		t.Fatalf("%+v", r)
	}
}

func TestComplaintsAreAnsweredFromTheCommandLine(t *testing.T) { // CMP-01
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--history", "--data", dir)
	out, _ := mutuad(t, 0, "complaint", "list", "--json", "--data", dir)
	rows := fromJSON[[]desk.ComplaintRow](t, out)
	if len(rows) != 1 || rows[0].State != complaint.InReview {
		t.Fatalf("%+v", rows)
	}
	out, _ = mutuad(t, 0, "complaint", "show", rows[0].Number, "--data", dir)
	if d := fromJSON[desk.ComplaintDetail](t, out); d.Complaint == nil || !strings.HasSuffix(d.About, "-004472") {
		t.Fatalf("%+v", d)
	}
	mutuad(t, exitFailed, "complaint", "answer", rows[0].Number, "--text", "Confermiamo la decisione.", "--data", dir)
	out, _ = mutuad(t, 0, "complaint", "answer", rows[0].Number, "--text", "Confermiamo la decisione.", "--outcome", "dismissed", "--by", "Consiglio di amministrazione", "--data", dir)
	if !strings.Contains(out, rows[0].Number+": answered dismissed") {
		t.Fatal(out)
	}
	if out, _ = mutuad(t, 0, "complaint", "list", "--data", dir); !strings.Contains(out, "dismissed") {
		t.Fatal(out)
	}
}

// nobody is a computer that never signed in, with one letter that waits.
type nobody struct{}

func (nobody) Deliveries(context.Context) ([]submission.Delivery, error) {
	return []submission.Delivery{{OpID: "01890a5d-ac96-774b-bcce-b302099a9001", Status: submission.Queued}}, nil
}

func (nobody) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	return submission.Submission{OpID: opID, Kind: submission.KindClaim, Subject: "01890a5d-ac96-774b-bcce-b302099a9002", Revision: 1, Body: []byte("sealed"),
		Plain: strings.Repeat("ab", 32)}, nil
}

func (nobody) OpenSealed(context.Context, string) (io.ReadSeekCloser, int64, error) {
	return nil, 0, os.ErrNotExist
}

func TestAParcelIsTakenInFromTheCommandLine(t *testing.T) {
	dir, place := t.TempDir(), t.TempDir()
	mutuad(t, 0, "demo", "--data", dir)
	if _, text := mutuad(t, exitFailed, "claim", "import", place, "--json", "--data", dir); !strings.Contains(text, string(parcel.CodeNone)) {
		t.Fatal(text)
	}
	folder, err := parcel.Create(place)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if err := folder.Finish(); err != nil {
		t.Fatal(err)
	}
	if out, _ := mutuad(t, 0, "claim", "import", place, "--json", "--data", dir); strings.TrimSpace(out) != "[]" {
		t.Fatal(out)
	}
	_, err = folder.Post(context.Background(), nobody{}, parcel.Sender{Mutual: "aurora", Device: "d", Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	out, text := mutuad(t, exitFailed, "claim", "import", place, "--json", "--data", dir)
	if all := fromJSON[[]server.Carried](t, out); len(all) != 1 || all[0].Code != api.CodeUnauthorised || !strings.Contains(text, string(codeNotTaken)) {
		t.Fatal(out, text)
	}
	if out, _ := mutuad(t, exitFailed, "claim", "import", place, "--data", dir); !strings.Contains(out, "refused: "+api.CodeUnauthorised) {
		t.Fatal(out)
	}
}

func TestExportFailsNamingWhatIsDamaged(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	mutuad(t, 0, "demo", "--history", "--data", dir)
	mutuad(t, 0, "claim", "export", out, "--data", dir)
	files, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
	if err != nil || len(files) != 9 {
		t.Fatalf("%v, %v", files, err)
	}
	if err := os.Truncate(files[1], 100); err != nil {
		t.Fatal(err)
	}
	text, failure := mutuad(t, exitFailed, "claim", "export", out, "--data", dir, "--json")
	report := fromJSON[desk.Report](t, text)
	if len(report.Wrong) != 1 || report.Wrong[0] != filepath.Base(files[1]) || !strings.Contains(failure, filepath.Base(files[1])) {
		t.Fatalf("%+v %s", report, failure)
	}
}

func TestWhatCannotBeUnderstoodEndsWithTwo(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{}, {"dance"}, {"claim"}, {"claim", "dance"}, {"claim", "show", "--data", dir}, {"claim", "show", "a", "b", "--data", dir},
		{"serve", "--loud"}, {"setup", "--data", dir}, {"claim", "decide", "x", "--reply-by", "domani", "--data", dir}, {"profile", "--data", dir}} {
		if out, text := mutuad(t, exitUsage, args...); out != "" || text == "" {
			t.Errorf("%v: %q %q", args, out, text)
		}
	}
}

func TestTheDemoOfEachMutualSaysWhoIsThereAndWhatTheyKnow(t *testing.T) { // FAC-05, REG-15, FAM-05
	for mutualID, want := range map[string]struct {
		user  string
		roles []demo.Role
	}{
		"aurora":      {"000000003423", []demo.Role{demo.RoleMember, demo.RoleFirstAccess, demo.RoleRegister, demo.RoleCode, demo.RoleSameMobile, demo.RoleOtherMobile}},
		"cesarepozzo": {"000000003423", []demo.Role{demo.RoleMember, demo.RoleFirstAccess}},
		"insieme":     {"elena@posta.example", []demo.Role{demo.RoleMember, demo.RoleRegister}},
		"coopsal":     {"elena@posta.example", []demo.Role{demo.RoleMember, demo.RoleRegister}},
		"mantova":     {"+393330003423", []demo.Role{demo.RoleMember, demo.RoleCode, demo.RoleSameMobile, demo.RoleOtherMobile}},
	} {
		dir := t.TempDir()
		out, _ := mutuad(t, 0, "demo", "--mutual", mutualID, "--json", "--data", dir)
		said := fromJSON[shown](t, out)
		var roles []demo.Role
		for _, g := range said.People {
			roles = append(roles, g.Role)
			if g.Role == demo.RoleFirstAccess && (g.User != "000000005517" || g.Password != "05517A944K") {
				t.Errorf("%s: %+v", mutualID, g)
			}
		}
		if said.Mutual != mutualID || said.User != want.user || said.Password != demo.Password || said.Outgoing != filepath.Join(dir, "outgoing") || !slices.Equal(roles, want.roles) {
			t.Errorf("%+v", said)
		}
		if text, _ := mutuad(t, 0, "demo", "--mutual", mutualID, "--data", dir); !strings.Contains(text, want.user) || !strings.Contains(text, "outgoing") {
			t.Errorf("%s", text)
		}
	}
	if _, text := mutuad(t, exitFailed, "demo", "--mutual", "nessuna", "--json", "--data", t.TempDir()); !strings.Contains(text, string(demo.CodeMutual)) {
		t.Error(text)
	}
}

func TestTheDeskWorksOnPeopleAndRulesFromTheCommandLine(t *testing.T) { // REG-11, REG-15
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--data", dir)
	out, _ := mutuad(t, 0, "member", "list", "--json", "--data", dir)
	if people := fromJSON[[]desk.Entry](t, out); len(people) != 3+len(demo.Cast()) {
		t.Fatalf("%+v", people)
	}
	mutuad(t, 0, "member", "add", "--number", "8815", "--given-name", "Mario", "--family-name", "Rossi", "--fiscal-code", "RSSMRA80A01F205X", "--born", "1980-01-01", "--data", dir)
	out, _ = mutuad(t, 0, "member", "code", "8815", "--data", dir)
	if !strings.Contains(out, "CODICE DI ATTIVAZIONE: ") || !strings.Contains(out, "Mario Rossi") {
		t.Fatal(out)
	}
	mutuad(t, 0, "member", "edit", "3423", "--email", "elena.nuova@posta.example", "--actor", "bianchi", "--data", dir)
	out, _ = mutuad(t, 0, "member", "show", "3423", "--data", dir)
	if m := fromJSON[desk.Membership](t, out); m.Household.EMail != "elena.nuova@posta.example" || m.Household.Version != 2 {
		t.Fatalf("%+v", m.Household)
	}
	out, _ = mutuad(t, 0, "audit", "--member", "3423", "--json", "--data", dir)
	traces := fromJSON[[]desk.Trace](t, out)
	if len(traces) < 3 || traces[len(traces)-3].Action != "member.edited" || traces[len(traces)-3].Actor != "bianchi" {
		t.Fatalf("%+v", traces)
	}
	mutuad(t, exitUsage, "member", "edit", "3423", "--data", dir)
	file := filepath.Join(dir, "rules.yaml")
	out, _ = mutuad(t, 0, "rules", "show", "--data", dir)
	if err := os.WriteFile(file, []byte(strings.Replace(out, "version: 2\n", "version: 3\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	mutuad(t, 0, "rules", "set", file, "--data", dir)
	out, _ = mutuad(t, 0, "rules", "show", "--json", "--data", dir)
	if rules := fromJSON[mutual.Profile](t, out); rules.Version != 3 || rules.ID != "aurora" || len(rules.Consents) == 0 {
		t.Fatalf("%+v", rules)
	}
	if _, text := mutuad(t, exitFailed, "rules", "set", file, "--json", "--data", dir); !strings.Contains(text, string(desk.CodeRules)) {
		t.Fatal(text)
	}
}

func TestAMutualWithoutANameIsNotServed(t *testing.T) {
	_, text := mutuad(t, exitFailed, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--json")
	if !strings.Contains(text, string(codeUnnamed)) {
		t.Fatal(text)
	}
}

func TestARenewedEpochIsAnotherOne(t *testing.T) {
	dir := t.TempDir()
	mutuad(t, 0, "setup", "--id", "aurora", "--name", "Mutua Aurora", "--data", dir)
	before, _ := mutuad(t, 0, "epoch", "--data", dir)
	same, _ := mutuad(t, 0, "epoch", "--data", dir)
	after, _ := mutuad(t, 0, "epoch", "--renew", "--data", dir)
	if before != same || before == after || after == "" {
		t.Fatal(before, same, after)
	}
}

func TestServeAnswersSignedOverTLSWithThePinOfItsProfileUntilItIsToldToEnd(t *testing.T) {
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--data", dir)
	reader, writer := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	var failures bytes.Buffer
	go func() {
		ended <- (&program{out: writer, err: &failures}).run(ctx, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0"})
	}()
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	started := fromJSON[ready](t, line)
	text, err := os.ReadFile(started.Profile)
	if err != nil {
		t.Fatal(err)
	}
	profile := fromJSON[api.Profile](t, string(text))
	if printed, _ := mutuad(t, 0, "profile", "--data", dir); fromJSON[api.Profile](t, printed).BaseURL != started.URL {
		t.Fatal(printed)
	}
	sayHello(t, profile)
	stop()
	if code := <-ended; code != 0 {
		t.Fatalf("ended with %d: %s", code, &failures)
	}
}

// sayHello asks for the signed hello and believes nothing but the profile.
func sayHello(t *testing.T, profile api.Profile) {
	t.Helper()
	pinned := func(s tls.ConnectionState) error {
		sum := sha256.Sum256(s.PeerCertificates[0].RawSubjectPublicKeyInfo)
		if hex.EncodeToString(sum[:]) != profile.Pins[0] || s.Version != tls.VersionTLS13 || s.NegotiatedProtocol != "h2" {
			t.Errorf("version %x, protocol %s, pin %x", s.Version, s.NegotiatedProtocol, sum)
		}
		return nil
	}
	transport := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true, VerifyConnection: pinned}} // the pin is the check
	defer transport.CloseIdleConnections()
	r, err := http.NewRequest(http.MethodGet, profile.BaseURL+api.PathHello, nil)
	if err != nil {
		t.Fatal(err)
	}
	nonce := strings.Repeat("ab", 16)
	r.Header.Set(api.HeaderNonce, nonce)
	answer, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := seal.VerifyAnswer(profile.SignKey, http.MethodGet, api.PathHello, nonce, answer.StatusCode, body, answer.Header.Get(api.HeaderSignature)); err != nil {
		t.Fatal(err)
	}
	if h := fromJSON[api.Hello](t, string(body)); h.Mutual != demo.Mutual.ID {
		t.Fatalf("%+v", h)
	}
}
