// Command mutuad is the reference server of a mutual: it takes in what members' programs deliver, and lets the mutual's
// people decide about it. See README.md beside it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/sodale/sodale/app/fault"
)

const usage = `mutuad: the reference server of a mutual

  mutuad setup --id ID --name NAME [--phone PHONE]   name the mutual
  mutuad demo [--mutual ID] [--history]              fill with invented people
  mutuad serve [--listen ADDRESS]                    answer members' programs
  mutuad profile [--url URL]                         what a client needs to know
  mutuad epoch [--renew]                             renew it after restoring a backup
  mutuad claim list
  mutuad claim show CLAIM
  mutuad claim decide CLAIM --state STATE [...] [--document N --outcome OUTCOME ...]
  mutuad claim decide CLAIM --propose [--accept]     what the plan says; with --accept decided so
  mutuad claim expire                                refuse what was asked for and did not come in time
  mutuad claim export FOLDER
  mutuad claim import FOLDER                         take in what was carried here on a stick
  mutuad complaint list
  mutuad complaint show COMPLAINT
  mutuad complaint answer COMPLAINT --text WORDS [--outcome OUTCOME] [--by BODY]
  mutuad member list
  mutuad member show PERSON
  mutuad member add [--number NUMBER] --given-name NAME [...]
  mutuad member edit PERSON --email ADDRESS [...]    as at the mutual's desk: the member is told
  mutuad member code PERSON                          a fresh activation code for the collection form
  mutuad rules show
  mutuad rules set FILE                              tell every member the rules of a YAML file
  mutuad audit [--member PERSON]                     who did what to whose data

Everywhere: --data FOLDER, --json. CLAIM is an id or a number such as 26-000001, COMPLAINT such as R26-000001; PERSON is a matricola, a codice fiscale or an id.
MUTUAD_DATABASE_URL names a PostgreSQL database to use instead of the embedded one.
`

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
)

// program is what a verb works with.
type program struct {
	out, err    io.Writer
	databaseURL string
	dataDir     string // of --data, or the usual one
	json        bool
}

// verbs are what mutuad can do. Each gets the arguments after its name.
var verbs = map[string]func(*program, context.Context, []string) error{
	"setup":            (*program).setup,
	"demo":             (*program).demo,
	"serve":            (*program).serve,
	"profile":          (*program).profile,
	"epoch":            (*program).epoch,
	"claim list":       (*program).claimList,
	"claim show":       (*program).claimShow,
	"claim decide":     (*program).claimDecide,
	"claim expire":     (*program).claimExpire,
	"claim export":     (*program).claimExport,
	"claim import":     (*program).claimImport,
	"complaint list":   (*program).complaintList,
	"complaint show":   (*program).complaintShow,
	"complaint answer": (*program).complaintAnswer,
	"member list":      (*program).memberList,
	"member show":      (*program).memberShow,
	"member add":       (*program).memberAdd,
	"member edit":      (*program).memberEdit,
	"member code":      (*program).memberCode,
	"rules show":       (*program).rulesShow,
	"rules set":        (*program).rulesSet,
	"audit":            (*program).audit,
}

// groups are the first words of verbs of two.
var groups = map[string]bool{"claim": true, "complaint": true, "member": true, "rules": true}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := &program{out: os.Stdout, err: os.Stderr, databaseURL: os.Getenv("MUTUAD_DATABASE_URL")}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run does what the arguments say and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	verb, rest := "", args
	if len(args) > 0 {
		verb, rest = args[0], args[1:]
	}
	if groups[verb] && len(rest) > 0 {
		verb, rest = verb+" "+rest[0], rest[1:]
	}
	do, known := verbs[verb]
	if !known {
		_, _ = fmt.Fprint(p.err, usage)
		return exitUsage
	}
	err := do(p, ctx, rest)
	var bad *usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		_, _ = fmt.Fprint(p.err, usage)
		return 0
	case errors.As(err, &bad):
		_, _ = fmt.Fprintln(p.err, "mutuad: "+bad.text)
		return exitUsage
	}
	p.fail(err)
	return exitFailed
}

// usageError is a command line that can't be understood.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// fail says what went wrong; with --json as one line.
func (p *program) fail(err error) {
	var f *fault.Error
	if p.json && errors.As(err, &f) {
		line, _ := json.Marshal(map[string]string{"code": string(f.Code), "op": f.Op, "item": f.Item}) // three texts can always be written
		_, _ = fmt.Fprintln(p.err, string(line))
		return
	}
	_, _ = fmt.Fprintln(p.err, "mutuad: "+err.Error())
}

// show prints v as indented JSON.
func (p *program) show(v any) error {
	e := json.NewEncoder(p.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// print writes words for people; with --json it writes v instead.
func (p *program) print(v any, format string, args ...any) error {
	if p.json {
		return p.show(v)
	}
	_, err := fmt.Fprintf(p.out, format, args...)
	return err
}
