// Package server is the mutual's side of the protocol of package api over HTTP.
//
// What it promises, whatever is dropped, repeated or cut on the way:
//
//   - every answer is signed, errors included;
//   - a revision is stored once, and its receipt is the same bytes for ever; operation ids never expire;
//   - an offset counts only bytes that are synced to disk, and falls only when the bytes turned out to be wrong;
//   - a member's feed has no gap, and nobody learns anything of another member, not even that a file is there.
//
// The only answers that are not signed are those that net/http gives itself to what is no HTTP request.
package server

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/post"
)

// Config is what a server works with. Only Archive is needed.
type Config struct {
	Archive *archive.Archive
	Log     *slog.Logger  // nil = silent. Ids and codes only
	Rate    Rate          // how much one token may ask; zero = DefaultRate
	Poll    time.Duration // how often a waiting feed looks for what another process wrote; 0 = 500 ms
	Hooks   Hooks
	Post    archive.Postman // carries codes to members; nil = into the archive's folder of outgoing messages
	URL     string          // address that members' browsers use; "" = messages hold codes, but no link
}

// Hooks are called at named points, for tests that cut the line or the power there. A nil one is skipped.
type Hooks struct {
	AfterSync   func(endpoint string) // bytes of a file are synced, their offset is not yet counted
	AfterCommit func(endpoint string) // everything is committed, the answer has not left
}

// Server answers members' programs. It is safe for concurrent use.
type Server struct {
	archive  *archive.Archive
	log      *slog.Logger
	poll     time.Duration
	hooks    Hooks
	mux      *http.ServeMux
	limiter  *limiter
	hashing  chan struct{} // places for Argon2id
	opening  chan struct{} // places for opening attachments
	files    turns
	found    findings
	rooms    sync.Pool // for the bytes of an append
	feeds    hub
	postman  archive.Postman
	posting  chan struct{} // places for letters on their way
	posted   sync.WaitGroup
	url      string
	stopping chan struct{}
}

// New returns a server; Stop ends what waits in it.
func New(c Config) *Server {
	cores := runtime.GOMAXPROCS(0)
	s := &Server{archive: c.Archive, log: c.Log, poll: c.Poll, hooks: c.Hooks, mux: http.NewServeMux(),
		hashing: make(chan struct{}, cores), opening: make(chan struct{}, cores), stopping: make(chan struct{}),
		postman: c.Post, posting: make(chan struct{}, maxPosting), url: c.URL,
		rooms: sync.Pool{New: func() any { return new([api.AppendSize + 1]byte) }}}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.postman == nil {
		s.postman = post.NewFolder(filepath.Join(c.Archive.Dir, "outgoing"), c.Archive.Clock, c.Archive.NewID)
	}
	if s.poll == 0 {
		s.poll = 500 * time.Millisecond
	}
	if c.Rate == (Rate{}) {
		c.Rate = DefaultRate
	}
	s.limiter = newLimiter(c.Rate, c.Archive.Clock)
	for _, r := range s.routes() {
		s.mux.Handle(r.Method+" "+r.Path, http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
			w.(*outcome).run(s, r, request)
		}))
	}
	return s
}

// Handler is the server as net/http wants it.
func (s *Server) Handler() http.Handler { return s }

// Stop lets every long poll answer at once. The handler goes on answering.
func (s *Server) Stop() { close(s.stopping) }

// rights is who may use a route.
type rights string

const (
	anyone  rights = "anyone"  // no token
	deliver rights = "deliver" // either token
	full    rights = "full"    // the full token
)

// Route is one thing that the server answers, with every status that it may answer there.
type Route struct {
	Method   string
	Path     string // pattern of net/http.ServeMux
	Statuses []int
	rights   rights
	handle   func(*call) (answer, error)
}

// Routes lists what the server answers. Beside them there is only a signed 404 or 405.
func (s *Server) Routes() []Route { return s.routes() }

// Statuses that many routes answer with.
var (
	common = []int{400, 426, 429, 500}
	signed = append([]int{401, 403}, common...)
)

func with(base []int, more ...int) []int { return append(append([]int(nil), base...), more...) }

func (s *Server) routes() []Route {
	return append(s.accessRoutes(), []Route{
		{http.MethodGet, api.PathHello, with(common, 200), anyone, s.hello},
		{http.MethodPost, api.PathSignIn, with(common, 200, 401, 413, 503), anyone, s.signIn},
		{http.MethodPost, api.PathBlobCheck, with(signed, 200, 413), deliver, s.checkBlobs},
		{http.MethodPatch, api.PathBlob, with(signed, 200, 409, 413, 422), deliver, s.appendBlob},
		{http.MethodPut, api.PathSubmission, with(signed, 200, 409, 413, 422, 503), deliver, s.putRevision},
		{http.MethodGet, api.PathReceipt, with(signed, 200, 404), deliver, s.receipt},
		{http.MethodGet, api.PathEvents, with(signed, 200), full, s.events},
	}...)
}

// hello says who is there, what time it is, and since when the memory reaches.
func (s *Server) hello(c *call) (answer, error) {
	mutual, err := s.archive.Mutual(c.ctx)
	if err != nil {
		return answer{}, err
	}
	epoch, err := s.archive.Epoch(c.ctx)
	if err != nil {
		return answer{}, err
	}
	return answerJSON(api.Hello{Mutual: mutual.ID, Epoch: epoch, Time: s.archive.Now(), MinProtocol: minProtocol, MaxProtocol: api.Protocol})
}

func (s *Server) synced(endpoint string) {
	if s.hooks.AfterSync != nil {
		s.hooks.AfterSync(endpoint)
	}
}

func (s *Server) committed(endpoint string) {
	if s.hooks.AfterCommit != nil {
		s.hooks.AfterCommit(endpoint)
	}
}
