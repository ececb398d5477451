package errtext

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/ui/words"
)

// kindsLost are the shelves of the vault that a member knows by a name, in the order they are told.
var kindsLost = []string{"claims", "deliveries", "frozen", "inbox", "profile", "audit"}

// lostDatabase stands for all that came after the previous generation.
const lostDatabase = "vault.db"

// lost says in words what is gone: the vault names records as "claims/<id>", and a member is told "2 pratiche". What is
// named otherwise stays as it is.
func lost(names string) string {
	count, others, said := map[string]int{}, 0, []string{}
	for _, name := range strings.Split(names, ", ") {
		kind, _, record := strings.Cut(name, "/")
		switch {
		case name == lostDatabase:
			said = append(said, words.T("shell.lost.last"))
		case slices.Contains(kindsLost, kind):
			count[kind]++
		case record:
			others++
		default:
			said = append(said, name)
		}
	}
	for _, kind := range kindsLost {
		if n := count[kind]; n > 0 {
			said = append(said, words.N("shell.lost."+kind, n))
		}
	}
	if others > 0 {
		said = append(said, words.N("shell.lost.other", others))
	}
	return strings.Join(said, ", ")
}
