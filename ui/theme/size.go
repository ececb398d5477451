package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Role is what a text is for; it sets its size.
type Role int

// The roles, with their size at 100 %.
const (
	Body      Role = iota // 17
	Secondary             // 15
	Caption               // 14, the smallest
	H3                    // 18
	H2                    // 22
	H1                    // 30
	Amount                // 40
)

var roleSizes = map[Role]float32{Body: 17, Secondary: 15, Caption: 14, H3: 18, H2: 22, H1: 30, Amount: 40}

var kioskSizes = map[Role]float32{Body: 24, Secondary: 21, Caption: 21, H3: 26, H2: 30, H1: 36, Amount: 76}

// TextSize returns the size of a role's text now.
func TextSize(r Role) float32 {
	t := Current()
	if t.settings.Look == Kiosk {
		return kioskSizes[r] * t.scale
	}
	return roleSizes[r] * t.scale
}

// Px scales a length given at 100 % to the size of text in force: paddings, targets and widths all grow with the text.
func Px(length float32) float32 { return length * Current().scale }

// Scale returns the size of text in force as a factor: 1 at 100 %, 2 at 200 %.
func Scale() float32 { return Current().scale }

// Lengths at 100 %; pass them through Px.
const (
	PageMargin   = 32
	FieldRadius  = 9
	ButtonRadius = 10
	CardRadius   = 14
	TileRadius   = 28
	ButtonHeight = 48
	TargetHeight = 44
	RowHeight    = 64
	NavWidth     = 248
)

// Strokes do not grow with the text.
const (
	CardStroke    = 1
	FieldStroke   = 1.5
	FocusedStroke = 2
	RingStroke    = 3
	RingGap       = 2
	VeilStroke    = 3
)

// Stroke returns a stroke's width in the look in force: 2 at least in HighContrast.
func Stroke(width float32) float32 {
	if Current().settings.Look == HighContrast {
		return max(width, 2)
	}
	return width
}

var toolkitSizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:            17,
	fynetheme.SizeNameCaptionText:     14,
	fynetheme.SizeNameSubHeadingText:  22,
	fynetheme.SizeNameHeadingText:     30,
	fynetheme.SizeNamePadding:         4,
	fynetheme.SizeNameInnerPadding:    10, // that the box of a field leaves to its text
	fynetheme.SizeNameInlineIcon:      22,
	fynetheme.SizeNameScrollBar:       12,
	fynetheme.SizeNameScrollBarSmall:  6,
	fynetheme.SizeNameInputRadius:     FieldRadius,
	fynetheme.SizeNameSelectionRadius: 4,
	fynetheme.SizeNameButtonRadius:    ButtonRadius,
	fynetheme.SizeNameCardRadius:      CardRadius,
	fynetheme.SizeNameDialogRadius:    CardRadius,
	fynetheme.SizeNamePopupRadius:     ButtonRadius,
	fynetheme.SizeNameMenuRadius:      ButtonRadius,
}

// Size answers for the toolkit's names.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameLineSpacing:
		return 2
	case fynetheme.SizeNameSeparatorThickness:
		return Stroke(CardStroke)
	case fynetheme.SizeNameInputBorder:
		return FieldStroke
	}
	if size, ok := toolkitSizes[name]; ok {
		return size * t.scale
	}
	return fynetheme.DefaultTheme().Size(name)
}
