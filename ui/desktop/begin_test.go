package desktop

import (
	"context"
	"errors"
	"testing"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/screen/firstrun"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// newcomer is a window on a computer without a vault; what opens behind it is the fixture's. fail is what Enter answers first.
func newcomer(t *testing.T, fail error) *stage {
	t.Helper()
	return open(t, fullVault(), func(st *stage) {
		rules, err := mutual.Load("aurora.yaml", assets.Mutuals()["aurora"])
		if err != nil {
			t.Fatal(err)
		}
		inside := st.services
		portal := &accounttest.PortalFake{Profile: rules, Clock: inside.Clock, User: "000000003423", Password: "apriti sesamo"}
		st.services.Gate, st.services.Changes = nil, nil
		st.services.FirstRun = &FirstRun{Outside: firstrun.Outside{Mutuals: []firstrun.Mutual{{Rules: rules, Portal: portal}},
			Found: func(context.Context, firstrun.Founding) (string, error) { return "ABCD-EFGH-IJKL-MNOP", nil }},
			Enter: func() (Services, error) {
				err := fail
				fail = nil
				return inside, err
			}}
	})
}

// signIn goes from the choice of the mutual to the end of the first run.
func (st *stage) signIn() {
	st.t.Helper()
	st.press("Mutua Aurora")
	st.press("Ho già le credenziali")
	st.fill("Matricola o codice utente", "3423")
	st.fill("Password", "apriti sesamo")
	st.press("Entra")
	st.press("Continua")
	st.fill("Gruppo 2", "EFGH")
	st.fill("Gruppo 4", "MNOP")
	st.press("Conferma")
}

func TestAComputerWithoutAVaultBeginsWithTheFirstRunAndEndsOnTheCard(t *testing.T) {
	st := newcomer(t, nil)
	st.mustSee("Scegli la mutua")
	st.Lock()
	st.Go(Place{Screen: Overview})
	if st.open || st.locked != 0 {
		t.Fatal("something is open before there is a vault")
	}
	st.signIn()
	st.press("Vedi la tessera")
	if st.at().Screen != Card || !st.open || st.guard == nil {
		t.Errorf("at %v, open %v", st.at(), st.open)
	}
	st.mustSee("Elena Marchetti", "000000003423")
}

func TestWhatFailsBehindTheFirstRunIsSaidAndTriedAgain(t *testing.T) {
	st := newcomer(t, errors.New("not ready"))
	st.signIn()
	st.press("Vai alla panoramica")
	if st.open {
		t.Fatal("it went on all the same")
	}
	st.press("Vai alla panoramica")
	if st.at().Screen != Overview {
		t.Errorf("at %v", st.at())
	}
}

func TestAComputerWhoseKeyWasDestroyedBeginsAnew(t *testing.T) {
	st := open(t, fullVault(), func(st *stage) {
		st.services.FirstRun = &FirstRun{}
		st.services.Access.Revoked = func() unlock.Revocation { return unlock.Destroyed }
	})
	st.mustSee("La chiave di questo computer è stata distrutta")
	st.press("Ricomincia su questo computer")
	st.mustSee("Scegli la mutua")
}

func TestBehindTheDoorWhatIsLeftOfThePasswordIsAsked(t *testing.T) {
	vault := &accounttest.VaultFake{Name: "Elena", Owner: "000000003423", Password: "apriti sesamo", Printed: "ABCD", Apart: true}
	access := func(st *stage) {
		st.services.Gate, st.services.Recover = vault, vault.UnlockWithRecovery
		st.services.Access = unlock.Access{Desk: &account.Desk{Portal: &accounttest.PortalFake{}, Vault: vault}, Rules: func() mutual.Profile { return mutual.Profile{} }, SetHere: vault.SetPasswordHere}
	}
	st := open(t, fullVault(), access)
	st.fill("Password di prima", "apriti sesamo")
	st.press("Sblocca")
	st.mustSee("La nuova password della mutua", "Più tardi")
	st.press("Più tardi")
	if st.at().Screen != Overview {
		t.Errorf("at %v", st.at())
	}
	st = open(t, fullVault(), access)
	st.press("Codice di recupero")
	st.fill("Codice di recupero", "ABCD")
	st.press("Apri con il codice")
	st.mustSee("Scegli una nuova password")
}

var _ identity.Gate = (*accounttest.VaultFake)(nil)
