package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The colours by meaning. Beside each stands its name in the design.
const (
	Paper         fyne.ThemeColorName = "sodale.paper"          // carta: the ground of a window
	Surface       fyne.ThemeColorName = "sodale.surface"        // superficie: cards and fields
	Well          fyne.ThemeColorName = "sodale.well"           // incavo: sunken grounds
	Line          fyne.ThemeColorName = "sodale.line"           // linea: hairlines
	Border        fyne.ThemeColorName = "sodale.border"         // bordo: edges of fields and buttons
	Ink           fyne.ThemeColorName = "sodale.ink"            // inchiostro: text
	Ink2          fyne.ThemeColorName = "sodale.ink2"           // inchiostro2: secondary text
	Accent        fyne.ThemeColorName = "sodale.accent"         // accento
	AccentHover   fyne.ThemeColorName = "sodale.accent-hover"   // accentoSu
	AccentPressed fyne.ThemeColorName = "sodale.accent-pressed" // accentoGiu
	AccentVeil    fyne.ThemeColorName = "sodale.accent-veil"    // accentoVelo: selected grounds
	OnAccent      fyne.ThemeColorName = "sodale.on-accent"      // suAccento: text on Accent
	Focus         fyne.ThemeColorName = "sodale.focus"          // fuoco: the ring
	Good          fyne.ThemeColorName = "sodale.good"           // buono
	GoodVeil      fyne.ThemeColorName = "sodale.good-veil"
	Careful       fyne.ThemeColorName = "sodale.careful" // attento
	CarefulVeil   fyne.ThemeColorName = "sodale.careful-veil"
	Bad           fyne.ThemeColorName = "sodale.bad" // errore
	BadVeil       fyne.ThemeColorName = "sodale.bad-veil"
	Neutral       fyne.ThemeColorName = "sodale.neutral" // neutro
	NeutralVeil   fyne.ThemeColorName = "sodale.neutral-veil"
	Scrim         fyne.ThemeColorName = "sodale.scrim" // the flat sheet under a dialog: 60 % ink, or black
	White         fyne.ThemeColorName = "sodale.white" // paper of a document or a QR code, in every look
	Clear         fyne.ThemeColorName = "sodale.clear" // nothing
)

// palette is one column of the token table.
type palette map[fyne.ThemeColorName]color.Color

// names is the order of the columns below.
var names = []fyne.ThemeColorName{Paper, Surface, Well, Line, Border, Ink, Ink2, Accent, AccentHover, AccentPressed, AccentVeil,
	OnAccent, Focus, Good, GoodVeil, Careful, CarefulVeil, Bad, BadVeil, Neutral, NeutralVeil}

var palettes = map[Look]palette{
	Light: column("F7F5F0", "FFFFFF", "EEEAE2", "DED8CC", "7A8487", "14232A", "46565D", "0A5A63", "084850", "063940", "E0EFEF",
		"FFFFFF", "0A5A63", "1B6240", "E2F1E7", "7A4A00", "FBEFD5", "A1261F", "FBE7E4", "46565D", "ECE9E2"),
	Dark: column("0F171A", "172226", "0B1214", "2B3A3F", "708489", "EAF0F0", "A9B8BB", "74CBD0", "8FD8DC", "A9E2E5", "17393E",
		"04262A", "74CBD0", "86D3A6", "17352A", "F0C070", "3A2E15", "FFA79D", "43221F", "B6C3C6", "243237"),
	HighContrast: column("000000", "000000", "000000", "FFFFFF", "FFFFFF", "FFFFFF", "E6E6E6", "7CE7EE", "A6F1F5", "C9F7FA", "00343A",
		"000000", "FFDD00", "8CF0B4", "00260F", "FFD479", "2B1F00", "FFB3AA", "360A06", "E6E6E6", "1A1A1A"),
	Kiosk: column("F7F5F0", "FFFFFF", "EEEAE2", "CFC8BA", "59656A", "0F1C22", "36464D", "07505A", "063F47", "052F35", "DCEDED",
		"FFFFFF", "07505A", "12512F", "E2F1E7", "653C00", "FBEFD5", "8A1B15", "FBE7E4", "36464D", "ECE9E2"),
}

func column(hex ...string) palette {
	p := palette{White: color.White, Clear: color.Transparent}
	for i, name := range names {
		p[name] = rgb(hex[i])
	}
	p[Scrim] = scrim(p)
	return p
}

// scrim is 60 % ink; where the ink is light, black, so that a dialog stands out from what lies under it.
func scrim(p palette) color.Color {
	if ink := p[Ink].(color.NRGBA); ink.G < 0x80 {
		return color.NRGBA{R: ink.R, G: ink.G, B: ink.B, A: 0x99}
	}
	return color.NRGBA{A: 0x99}
}

func rgb(hex string) color.NRGBA {
	nibble := func(c byte) uint8 {
		if c >= 'A' {
			return c - 'A' + 10
		}
		return c - '0'
	}
	at := func(i int) uint8 { return nibble(hex[i])<<4 | nibble(hex[i+1]) }
	return color.NRGBA{R: at(0), G: at(2), B: at(4), A: 0xFF}
}

// toolkitColors says which meaning the toolkit's own names have.
var toolkitColors = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          Paper,
	fynetheme.ColorNameButton:              Surface,
	fynetheme.ColorNameDisabledButton:      Well,
	fynetheme.ColorNameDisabled:            Ink2,
	fynetheme.ColorNameError:               Bad,
	fynetheme.ColorNameFocus:               Focus,
	fynetheme.ColorNameForeground:          Ink,
	fynetheme.ColorNameForegroundOnError:   Surface,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: Surface,
	fynetheme.ColorNameForegroundOnWarning: Surface,
	fynetheme.ColorNameHeaderBackground:    Well,
	fynetheme.ColorNameHover:               AccentVeil,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Surface,
	fynetheme.ColorNameInputBorder:         Border,
	fynetheme.ColorNameMenuBackground:      Surface,
	fynetheme.ColorNameOverlayBackground:   Surface,
	fynetheme.ColorNamePlaceHolder:         Ink2,
	fynetheme.ColorNamePressed:             AccentVeil,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameScrollBar:           Border,
	fynetheme.ColorNameScrollBarBackground: Clear,
	fynetheme.ColorNameSelection:           AccentVeil,
	fynetheme.ColorNameSeparator:           Line,
	fynetheme.ColorNameShadow:              Clear,
	fynetheme.ColorNameSuccess:             Good,
	fynetheme.ColorNameWarning:             Careful,
}
