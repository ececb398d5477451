//go:build bench

package claims

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// rounds is how often each figure is taken; its median counts.
const rounds = 15

// frame is the time of one picture at 60 a second.
const frame = time.Second / 60

func median(do func()) time.Duration {
	took := make([]time.Duration, rounds)
	for i := range took {
		start := time.Now()
		do()
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[rounds/2]
}

func tell(figure string, ours, bare, limit time.Duration) {
	verdict := "reached"
	if ours > limit {
		verdict = "missed"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t%s\t%s\tours %v, bare list %v\n", figure, float64(ours)/float64(bare), "<= "+limit.Round(time.Millisecond).String(), verdict, ours.Round(time.Microsecond), bare.Round(time.Microsecond))
}

// bare is the toolkit's list of the same rows: title, amount, people, state.
func bare(rows []Row, size fyne.Size) (*fynewidget.List, fyne.Window) {
	list := fynewidget.NewList(func() int { return len(rows) }, func() fyne.CanvasObject {
		return container.NewVBox(container.NewHBox(fynewidget.NewLabel(""), fynewidget.NewLabel("")), container.NewHBox(fynewidget.NewLabel(""), fynewidget.NewLabel("")))
	}, func(i int, o fyne.CanvasObject) {
		up, down := o.(*fyne.Container).Objects[0].(*fyne.Container), o.(*fyne.Container).Objects[1].(*fyne.Container)
		up.Objects[0].(*fynewidget.Label).SetText(rows[i].Title)
		up.Objects[1].(*fynewidget.Label).SetText(words.Money(rows[i].Amount))
		down.Objects[0].(*fynewidget.Label).SetText(rows[i].second())
		down.Objects[1].(*fynewidget.Label).SetText(rows[i].Label)
	})
	w := test.NewWindow(list)
	w.Resize(size)
	return list, w
}

// TestBenchTenThousandClaims measures the list of 10,000 claims: opened, searched by one key, scrolled by a row.
func TestBenchTenThousandClaims(t *testing.T) {
	test.NewTempApp(t)
	theme.Use(theme.Settings{Look: theme.Light, Text: 100})
	vault := claimtest.NewVault(family, nil)
	for _, s := range many(10_000) {
		vault.Put(s.Claim, s.Delivery)
	}
	desk := &claim.Desk{Vault: vault, Sealer: claimtest.Sealer{}, Clock: claimtest.NewClock(noon)}
	size := fyne.NewSize(1000, 700)
	query := &Query{}
	open := func() (*Page, fyne.Window) {
		p := New(Config{Desk: desk, Household: vault.Household, Clock: claimtest.NewClock(noon), Runner: runner.NewSynchronous(), Query: query, Shown: func(claim.ID) {},
			Rules: func() mutual.Profile { return mutual.Profile{} }}, "")
		w := test.NewWindow(p.Content())
		w.Resize(size)
		return p, w
	}
	p, w := open()
	defer w.Close()
	if n := rowsOf(p.found); n != 10_000 {
		t.Fatalf("%d rows", n)
	}
	rows := slices.Clone(p.book.rows)
	plainList, plainWindow := bare(rows, size)
	defer plainWindow.Close()

	read := median(func() { p.Refresh() })
	tell("list of 10,000 claims: open, as the window waits", median(func() { p.fill() }), median(func() { _, w := bare(rows, size); w.Close() }), 100*time.Millisecond)
	fmt.Printf("BENCH\tlist of 10,000 claims: read again beside the window\t%.2f\t\t\t%v with showing\n", float64(read)/float64(frame), read.Round(time.Microsecond))

	texts, at := []string{"r", "ro", "roc", "rocc", "rocco", "rocco 2", "rocco 29", ""}, 0
	key := median(func() { p.list.search.SetText(texts[at%len(texts)]); at++ })
	tell("list of 10,000 claims: keystroke to filtered list", key, median(func() { plainList.Refresh() }), frame)

	down, bareDown := float32(0), float32(0)
	step := median(func() { down += 84; p.list.rows.ScrollTo(down) })
	tell("list of 10,000 claims: scroll by a row", step, median(func() { bareDown += 84; plainList.ScrollToOffset(bareDown) }), frame)
}
