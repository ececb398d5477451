package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// shown is what demo prints.
type shown struct {
	demo.Sheet
	Data     string `json:"data"`
	Outgoing string `json:"outgoing"` // where e-mail and SMS go
	User     string `json:"user"`     // of the member
	Password string `json:"password"`
}

// roleWords say what somebody of the cast is there for.
var roleWords = map[demo.Role]string{
	demo.RoleMember:      "has an account",
	demo.RoleFirstAccess: "never came in: first access with this user name and password",
	demo.RoleRegister:    "in the archive without an account: registers",
	demo.RoleCode:        "has an activation code on paper",
	demo.RoleSameMobile:  "a relative whom Elena may add: the same mobile at the desk",
	demo.RoleOtherMobile: "a relative with another mobile: needs an access of their own",
}

// demo fills an archive with an invented mutual, or one that the program knows, and invented people.
func (p *program) demo(ctx context.Context, args []string) (err error) {
	f := p.flags("demo")
	mutualID := f.String("mutual", demo.Mutual.ID, "whose rules: aurora, cesarepozzo, insieme, coopsal or mantova")
	history := f.Bool("history", false, "with some older claims, decided and paid")
	if _, err := parse(f, args); err != nil {
		return err
	}
	var a *archive.Archive
	if a, err = p.open(ctx); err != nil {
		return err
	}
	defer closing(a, &err)
	if err := demo.SeedMutual(ctx, a, *mutualID); err != nil {
		return err
	}
	if *history {
		if err := demo.SeedHistory(ctx, a); err != nil {
			return err
		}
	}
	return p.showDemo(ctx, a)
}

// showDemo prints who is there, by the rules that the archive has.
func (p *program) showDemo(ctx context.Context, a *archive.Archive) error {
	rules, err := a.Rules(ctx)
	if err != nil {
		return err
	}
	sheet, err := demo.NewSheet(rules)
	if err != nil {
		return err
	}
	out := shown{Sheet: sheet, Data: p.dataDir, Outgoing: filepath.Join(p.dataDir, "outgoing"), User: sheet.People[0].User, Password: demo.Password}
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s is ready in %s\nuser name %s, password %s\ne-mail and SMS go to %s\n", sheet.Name, p.dataDir, out.User, out.Password, out.Outgoing)
	for _, g := range sheet.People {
		_, _ = fmt.Fprintf(&b, "\n%s: %s\n", g.Name, roleWords[g.Role])
		for _, line := range [][2]string{{"codice fiscale", g.FiscalCode}, {"born", g.DateOfBirth.Italian() + " " + g.BirthPlace}, {"matricola", g.Number},
			{"user name", g.User}, {"password", g.Password}, {"e-mail", g.EMail}, {"mobile", g.Mobile}, {"activation code", g.Code}} {
			if line[1] != "" {
				_, _ = fmt.Fprintf(&b, "  %-15s %s\n", line[0], line[1])
			}
		}
	}
	return p.print(out, "%s", b.String())
}
