package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestEveryKeyAndMovementIsNoticedUntilNobodyListens(t *testing.T) {
	seen := 0
	cancel := OnActivity(func() { seen++ })
	key, move := &fyne.KeyEvent{Name: fyne.KeyTab}, &desktop.MouseEvent{}
	for name, act := range map[string]func(){
		"a key on a button":       func() { NewButton("Continua", Primary, nil).KeyDown(key) },
		"a key in a field":        func() { NewEntry("Numero").line.KeyDown(key) },
		"the pointer on a button": func() { NewButton("Continua", Primary, nil).MouseMoved(move) },
		"the pointer on nothing":  func() { NewLayers(Space(1, 1)).MouseMoved(move) },
		"the pointer in a dialog": func() { NewSheet("Titolo", Space(1, 1)).MouseMoved(move) },
	} {
		before := seen
		if act(); seen != before+1 {
			t.Errorf("%s: noticed %d times", name, seen-before)
		}
	}
	cancel()
	if NewLayers(Space(1, 1)).MouseMoved(move); seen != 5 {
		t.Error("noticed after nobody listened")
	}
}

func TestWhatTakesTheKeyboardTellsItsKeys(t *testing.T) {
	for _, part := range []fyne.Focusable{NewButton("Continua", Primary, nil), NewCheck("Sì"), NewEntry("Numero").Focusable(), NewTile("Riga", Space(1, 1), nil), &listInner{}} {
		if _, ok := part.(desktop.Keyable); !ok {
			t.Errorf("%T hides its keys", part)
		}
	}
}
