package server_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"net/http"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/password"
)

// runs is how often an attack is tried: SODALE_RUNS, or few.
func runs(t *testing.T, few int) int {
	t.Helper()
	text := os.Getenv("SODALE_RUNS")
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("SODALE_RUNS=%q", text)
	}
	return n
}

func figure(format string, args ...any) { fmt.Printf("ATTACK\t"+format+"\n", args...) }

// Guesses at a password online, one a second, with a restart of the server in between: few are looked at at all.
func TestGuessingAPasswordOnlineIsHopelessAndARestartDoesNotHelp(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		n := runs(t, 400)
		through := 0
		for i := range n {
			switch got := h.trySignIn(demo.User, "Tentativo-"+strconv.Itoa(i)); got.status {
			case http.StatusUnauthorized:
				through++
			case http.StatusTooManyRequests:
			default:
				t.Fatalf("%d %s", got.status, got.body)
			}
			if i == n/2 {
				h.reopen()
			}
			h.clock.advance(time.Second)
		}
		figure("password, online, one a second: %d of %d guesses were looked at in %s", through, n, time.Duration(n)*time.Second)
		if most := 5 + 8 + n/3600; through > most {
			t.Errorf("%d guesses were let through, want at most %d", through, most)
		}
		h.clock.advance(time.Hour)
		h.signIn() // the member comes in all the same
	})
}

// The same by somebody who waits exactly as long as they are told to.
func TestAPatientGuesserGetsOneGuessAnHour(t *testing.T) {
	h := newHouse(t, "")
	n := min(runs(t, 60), 2000)
	begun := h.clock.Now()
	for i := range n {
		got := h.trySignIn(demo.User, "Tentativo-"+strconv.Itoa(i))
		if got.status == http.StatusTooManyRequests {
			seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
			if err != nil {
				t.Fatal(err)
			}
			h.clock.advance(time.Duration(seconds) * time.Second)
			got = h.trySignIn(demo.User, "Tentativo-"+strconv.Itoa(i))
		}
		if got.status != http.StatusUnauthorized {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	took := h.clock.Now().Sub(begun)
	figure("password, online, as patient as told: %d guesses took %s; 10000 take %.0f days", n, took, 10000*took.Hours()/float64(n)/24)
	if n >= 60 && took < time.Duration(n-14)*time.Hour {
		t.Errorf("%d guesses took only %s", n, took)
	}
}

// Whoever knows all of a person and guesses the code that goes to their phone: with every resend and every new activation that
// the limits leave, for a whole day.
func TestGuessingACodeForADayIsHopeless(t *testing.T) {
	at(t, "mantova", func(t *testing.T, h *house, rules mutual.Profile) {
		ask := form(actor(t, demo.RoleCode), rules, mutual.WayCode)
		begun, tries, codes := h.clock.Now(), 0, 0
		for h.clock.Now().Sub(begun) < 24*time.Hour {
			got := h.postTo(api.PathApply, ask)
			if got.status == http.StatusTooManyRequests {
				h.clock.advance(10 * time.Minute)
				continue
			}
			var e api.Enrolment
			got.decode(t, &e)
			codes++
			for over := false; !over; {
				got := h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, Mobile: "not a code"})
				switch p := got.problem(t); p.Code {
				case api.CodeBadCode:
					tries++
				case api.CodeCodeOver:
					h.clock.advance(time.Minute)
					if again := h.postTo(api.PathResend, api.Ticketed{Ticket: e.Ticket}); again.status == 200 {
						codes++
					}
				case api.CodeTicketOver:
					over = true
				case api.CodeSlowDown:
					h.clock.advance(time.Minute)
				default:
					t.Fatalf("%d %s", got.status, got.body)
				}
			}
		}
		figure("code of six digits, a day with every resend and every new activation: %d guesses at %d codes, chance 1 in %.0f", tries, codes, 1e6/float64(max(tries, 1)))
		if tries == 0 || tries > 500 {
			t.Errorf("%d guesses in a day", tries)
		}
	})
}

// Limits of a codice fiscale and of an address hold across a restart, and one address can't go through many people.
func TestLimitsOfAPersonAndOfAnAddressHoldAcrossARestart(t *testing.T) {
	at(t, "coopsal", func(t *testing.T, h *house, rules mutual.Profile) {
		ask := form(actor(t, demo.RoleRegister), rules, mutual.WayRegister)
		ask.GivenName = "Nessuno"
		for range 6 {
			h.refused(h.postTo(api.PathApply, ask), 404, api.CodeUnknownPerson)
		}
		h.reopen()
		h.refused(h.postTo(api.PathApply, ask), 429, api.CodeSlowDown)
		answered := map[int]int{}
		for i := range 40 {
			ask.FiscalCode = fmt.Sprintf("RSSMRA80A01H%03dU", i)
			answered[h.postTo(api.PathApply, ask).status]++
		}
		h.reopen()
		if got := h.postTo(api.PathApply, ask); got.status != 429 || answered[404] != 24 || answered[429] != 16 {
			t.Errorf("%d after the restart, %v before", got.status, answered)
		}
	})
}

// twin is one question about a name that is known and the same about one that nobody has.
type twin struct {
	name           string
	known, unknown func() response
}

func (h *house) twins() []twin {
	post := func(path string, body any) func() response {
		return func() response { return h.postTo(path, body) }
	}
	first := func(user string) func() response {
		return post(api.PathApply, api.Application{Way: "first-access", User: user, Password: "00000Z999Z"})
	}
	in := func(user string) func() response {
		return func() response { return h.trySignIn(user, "Sbagliata-1") }
	}
	reset := func(user string) func() response { return post(api.PathReset, api.ResetAsk{User: user}) }
	return []twin{
		{"sign-in", in(demo.User), in("000000099999")},
		{"sign-in of one who never came in", in("000000005517"), in("000000099998")},
		{"first access", first("000000005517"), first("000000099997")},
		{"first access of one who came in", first(demo.User), first("000000099996")},
		{"reset", reset(demo.User), reset("000000099995")},
		{"share", post(api.PathShareOpen, api.ShareOpen{User: demo.User, Password: "x"}), post(api.PathShareOpen, api.ShareOpen{User: "000000099994", Password: "x"})},
	}
}

// FAC-11, LOG-04, LOG-09: no answer says whether a user name exists, byte for byte but for tickets.
func TestAnswersAreTheSameForKnownAndUnknownNames(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		for _, q := range h.twins() {
			known, unknown := normal(t, q.known()), normal(t, q.unknown())
			if known.status != unknown.status || !bytes.Equal(known.body, unknown.body) {
				t.Errorf("%s: %d %s and %d %s", q.name, known.status, known.body, unknown.status, unknown.body)
			}
			for _, header := range []string{"Content-Type", "Content-Length", "Retry-After", api.HeaderChallenge} {
				if known.header.Get(header) != unknown.header.Get(header) {
					t.Errorf("%s: %s is %q and %q", q.name, header, known.header.Get(header), unknown.header.Get(header))
				}
			}
		}
		known, unknown := h.resetTicket(demo.User), h.resetTicket("000000012345")
		for i := range 30 {
			if i%6 == 5 {
				h.clock.advance(time.Minute)
				for _, ticket := range []string{known, unknown} {
					if got := h.postTo(api.PathResetResend, api.Ticketed{Ticket: ticket}); got.status != 200 && i < 15 {
						t.Fatalf("%d %s", got.status, got.body)
					}
				}
				continue
			}
			a := h.postTo(api.PathResetFinish, api.ResetFinish{Ticket: known, Code: "x", Password: chosen})
			b := h.postTo(api.PathResetFinish, api.ResetFinish{Ticket: unknown, Code: "x", Password: chosen})
			if a.status != b.status || !bytes.Equal(a.body, b.body) {
				t.Fatalf("try %d: %s and %s", i, a.body, b.body)
			}
		}
	})
}

func (h *house) resetTicket(user string) string {
	h.t.Helper()
	var r api.Reset
	h.postTo(api.PathReset, api.ResetAsk{User: user}).decode(h.t, &r)
	return r.Ticket
}

// normal is an answer without its ticket.
func normal(t *testing.T, r response) response {
	t.Helper()
	var said api.Reset
	if r.status == 200 {
		r.decode(t, &said)
		r.body = bytes.ReplaceAll(r.body, []byte(said.Ticket), []byte("ticket"))
	}
	return r
}

// Nor does the time that it takes: the medians of interleaved questions differ by less than their noise, or by next to nothing. A
// machine that does other work meanwhile is asked again, longer; what is a difference stays one.
func TestAnswersTakeAsLongForKnownAndUnknownNames(t *testing.T) {
	h := newHouse(t, "")
	hash, err := password.Hash(h.archive.Random, demo.Password)
	if err != nil {
		t.Fatal(err)
	}
	h.setHash(string(demo.Elena), hash) // one that costs what a member's does
	for _, q := range h.twins() {
		var apart string
		for _, n := range []int{min(runs(t, 30), 1000), 60, 120, 240} {
			if apart = h.timed(q.name, n, q.known, q.unknown); apart == "" {
				break
			}
		}
		if apart != "" {
			t.Error(apart)
		}
	}
}

// timed asks both n times in turn; "" = nobody can tell them apart.
func (h *house) timed(name string, n int, ask, askUnknown func() response) string {
	var known, unknown []float64
	for range n {
		h.clock.advance(25 * time.Hour) // no limit is in the way
		known, unknown = append(known, took(ask)), append(unknown, took(askUnknown))
		h.server.Posted()
	}
	a, b := median(known), median(unknown)
	noise := 4 * math.Sqrt(math.Pi/2) * math.Hypot(spread(known), spread(unknown)) / math.Sqrt(float64(n))
	figure("time, %s: medians of %d, known %.3f ms, unknown %.3f ms, apart %+.3f ms, noise of four sigma %.3f ms", name, n, a, b, a-b, noise)
	if apart := math.Abs(a - b); apart > noise && apart > 0.15*min(a, b) {
		return fmt.Sprintf("%s: known %.3f ms, unknown %.3f ms", name, a, b)
	}
	return ""
}

func took(ask func() response) float64 {
	begun := time.Now()
	ask()
	return float64(time.Since(begun)) / float64(time.Millisecond)
}

func median(all []float64) float64 {
	sorted := slices.SortedFunc(slices.Values(all), cmp.Compare[float64])
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// spread is a standard deviation that outliers do not move: 1.4826 times the median distance from the median.
func spread(all []float64) float64 {
	m := median(all)
	var apart []float64
	for _, v := range all {
		apart = append(apart, math.Abs(v-m))
	}
	return 1.4826 * median(apart)
}
