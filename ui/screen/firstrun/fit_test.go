package firstrun

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// stages are all the screens but the reset, which has a part of its own.
var stages = []stage{stageMutual, stageWays, stageJoin, stageFirst, stageAgree, stagePerson, stageReach, stageAnnounce, stageCodes, stageLink, stageVerified,
	stageSignIn, stageFactor, stageDossier, stagePaper, stageProve, stageDone}

// tight lists the buttons that have less room than their words need.
func tight(root fyne.CanvasObject) []string {
	var names []string
	widget.Walk(root, func(o fyne.CanvasObject) bool {
		if b, ok := o.(*widget.Button); ok && b.MinSize().Width > b.Size().Width+1 {
			names = append(names, b.Name())
		}
		return true
	})
	return names
}

func TestNothingIsCutWithLargeText(t *testing.T) { // UX section 8
	t.Cleanup(func() { theme.Use(theme.Settings{Look: theme.Light, Text: 100}) })
	for _, language := range []string{words.Italian, words.English} {
		for _, way := range []mutual.Way{mutual.WayFirstAccess, mutual.WayRegister, mutual.WayCode} {
			v := visiting(t, map[mutual.Way]string{mutual.WayFirstAccess: "cesarepozzo", mutual.WayRegister: "coopsal", mutual.WayCode: "mantova"}[way])
			words.Set(language)
			theme.Use(theme.Settings{Look: theme.Light, Text: 200})
			m := v.page.m
			m.chosen, m.way, m.recovery, m.path = 0, way, recovery, []passage{{stage: stageMutual}}
			m.enrolment = account.Enrolment{Ticket: "t", EMail: "elena.marchetti.lunga@posta.example", Mobile: "+393330003423", Channels: []string{channelEMail, channelMobile}, Name: "Elena", User: number}
			for _, s := range stages {
				m.jump(s)
				v.page.build()
				v.page.complete()
				v.page.root.Resize(fyne.NewSize(1024, 700))
				if cut := widget.CutTexts(v.page.root); len(cut) > 0 {
					t.Errorf("%s %s %s: cut: %q", language, way, s, cut)
				}
				if names := tight(v.page.root); len(names) > 0 {
					t.Errorf("%s %s %s: too narrow: %q", language, way, s, names)
				}
			}
			v.page.Leave()
		}
	}
}
