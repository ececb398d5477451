package engine

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// How many lanes work side by side unless Config says otherwise: enough to hide a long round trip, few enough for a slow line;
// more where an append arrives within a moment.
const (
	defaultLanes = 4
	swiftLanes   = 8
	swiftAppend  = 100 * time.Millisecond
)

// heartbeat is how often the line is looked at while nothing else is said.
const heartbeat = time.Minute

// Config is what an engine works with. Profile, Outbox, Tokens, Clock and Random are needed.
type Config struct {
	Profile   api.Profile
	Outbox    Outbox
	Inbox     Inbox // nil while the vault is locked; SetInbox hands it in later
	Tokens    Tokens
	Key       func() []byte // seed of the device's key, which proves each use of a token; nil: nothing is proved
	Clock     clock.Clock
	Random    io.Reader
	Transport http.RoundTripper      // nil: NewTransport(Profile)
	Changes   *change.Feed           // nil: nobody listens
	Fail      func(point string)     // called at each of Points; nil in production
	Revoked   func(destroy bool)     // called when the mutual signed that this device was signed out; nil: nobody listens
	FreeBytes func() (uint64, error) // room on the vault's disk; nil: not looked at
	Log       *slog.Logger           // nil: nothing is logged
	Pace      Pace                   // zero: DefaultPace
	Lanes     int                    // side by side, per set of slots; 0 = 4, on a swift line 8
}

// Engine delivers and fetches for one member. Its methods are safe for concurrent use; Run is called once.
type Engine struct {
	cfg   Config
	wire  *Wire
	dice  *dice
	line  *line
	log   *slog.Logger
	board board
	size  appendSize
	swift atomic.Bool // the last append arrived within a moment

	pushWake, pullWake, lookWake chan struct{}
	lookNow                      atomic.Bool // a hello even if the line was just heard

	pullRefused atomic.Pointer[string] // the token that the mutual refused for the feed

	inboxMu sync.Mutex
	inbox   Inbox

	greeted time.Time // last asked with a token while locked; only watch uses it

	saidMu sync.Mutex
	said   submission.Link
}

// New prepares an engine. Nothing is read or asked before Run.
func New(cfg Config) *Engine {
	if cfg.Pace == (Pace{}) {
		cfg.Pace = DefaultPace
	}
	if cfg.Changes == nil {
		cfg.Changes = &change.Feed{}
	}
	if cfg.Fail == nil {
		cfg.Fail = func(string) {}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{cfg: cfg, dice: &dice{random: cfg.Random}, log: cfg.Log, inbox: cfg.Inbox,
		pushWake: make(chan struct{}, 1), pullWake: make(chan struct{}, 1), lookWake: make(chan struct{}, 1)}
	e.board.reset()
	e.line = &line{clock: cfg.Clock}
	e.wire = NewWire(cfg.Profile, cfg.Transport, e.dice)
	e.wire.heard = e.lineCarries
	e.wire.Prove(cfg.Key)
	if cfg.Revoked != nil {
		e.wire.revoked = cfg.Revoked
	}
	return e
}

// Run works until ctx ends, and returns when every lane has come to rest: only then may the store be closed. What was under
// way then is taken up by the next run.
func (e *Engine) Run(ctx context.Context) error {
	cancel := e.cfg.Changes.Listen(e.noticed)
	defer cancel()
	var all sync.WaitGroup
	all.Go(func() { e.watch(ctx) })
	all.Go(func() { e.push(ctx) })
	all.Go(func() { e.pull(ctx) })
	all.Wait()
	return ctx.Err()
}

// Poke tries everything now: the line, what waits for its next try, the feed. A mutual that asked for patience is still
// left alone for as long as it said.
func (e *Engine) Poke() {
	e.lookNow.Store(true)
	e.board.hurry("")
	wake(e.lookWake)
	wake(e.pushWake)
	wake(e.pullWake)
}

// Check asks the mutual now about one submission (*Controlla adesso*), also about one that is held.
func (e *Engine) Check(opID string) {
	e.lookNow.Store(true)
	e.board.hurry(opID)
	wake(e.lookWake)
	wake(e.pushWake)
}

// SetInbox says where events go, when the vault was opened.
func (e *Engine) SetInbox(inbox Inbox) {
	e.inboxMu.Lock()
	e.inbox = inbox
	e.inboxMu.Unlock()
	wake(e.pullWake)
	wake(e.pushWake)
}

func (e *Engine) openInbox() Inbox {
	e.inboxMu.Lock()
	defer e.inboxMu.Unlock()
	return e.inbox
}

// Link tells how the line is and what waits on it.
func (e *Engine) Link() submission.Link {
	l := e.line.link()
	e.board.count(&l)
	return l
}

// announce says change.Delivery when the link differs from what was last said of it.
func (e *Engine) announce() {
	now := e.Link()
	e.saidMu.Lock()
	last := e.said
	e.said = now
	e.saidMu.Unlock()
	now.LastContact, last.LastContact = time.Time{}, time.Time{}
	if now != last {
		e.cfg.Changes.Say(change.Change{Topic: change.Delivery})
	}
}

// noticed hears that a submission differs, and looks again unless the engine itself did it.
func (e *Engine) noticed(c change.Change) {
	if c.Topic == change.Delivery && c.ID != "" && e.board.foreign(c.ID) {
		wake(e.pushWake)
	}
}

// lanes is how many may work side by side now.
func (e *Engine) lanes() int {
	switch {
	case e.cfg.Lanes > 0:
		return e.cfg.Lanes
	case e.swift.Load():
		return swiftLanes
	}
	return defaultLanes
}

// token is what deliveries present.
func (e *Engine) token() string {
	if t := e.cfg.Tokens.Upload(); t != "" {
		return t
	}
	return e.cfg.Tokens.Full()
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// rest waits on the monotonic clock until d is over, a wake comes or ctx ends. It reports whether to go on.
func rest(ctx context.Context, woken <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-woken:
	case <-timer.C:
	}
	return ctx.Err() == nil
}
