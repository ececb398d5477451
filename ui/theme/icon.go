package theme

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/sodale/sodale/assets"
)

// IconName is the Phosphor name of an icon of package assets.
type IconName string

// The icons there are.
const (
	IconAmbulance             IconName = "ambulance"
	IconArchive               IconName = "archive"
	IconArrowCircleUp         IconName = "arrow-circle-up"
	IconArrowClockwise        IconName = "arrow-clockwise"
	IconArrowCounterClockwise IconName = "arrow-counter-clockwise"
	IconArrowSquareOut        IconName = "arrow-square-out"
	IconArrowUUpLeft          IconName = "arrow-u-up-left"
	IconArrowsClockwise       IconName = "arrows-clockwise"
	IconBank                  IconName = "bank"
	IconBed                   IconName = "bed"
	IconBell                  IconName = "bell"
	IconBuildings             IconName = "buildings"
	IconCalendarBlank         IconName = "calendar-blank"
	IconCalendarCheck         IconName = "calendar-check"
	IconCaretDown             IconName = "caret-down"
	IconCaretLeft             IconName = "caret-left"
	IconCaretRight            IconName = "caret-right"
	IconCaretUp               IconName = "caret-up"
	IconCertificate           IconName = "certificate"
	IconChatCircleText        IconName = "chat-circle-text"
	IconCheck                 IconName = "check"
	IconCheckCircle           IconName = "check-circle"
	IconChecks                IconName = "checks"
	IconCircle                IconName = "circle"
	IconCircleHalf            IconName = "circle-half"
	IconCircleNotch           IconName = "circle-notch"
	IconClock                 IconName = "clock"
	IconClockCountdown        IconName = "clock-countdown"
	IconCloudCheck            IconName = "cloud-check"
	IconCopy                  IconName = "copy"
	IconCornersOut            IconName = "corners-out"
	IconDesktop               IconName = "desktop"
	IconDeviceMobile          IconName = "device-mobile"
	IconDotsThree             IconName = "dots-three"
	IconDownloadSimple        IconName = "download-simple"
	IconEnvelopeSimple        IconName = "envelope-simple"
	IconEye                   IconName = "eye"
	IconEyeSlash              IconName = "eye-slash"
	IconFile                  IconName = "file"
	IconFileImage             IconName = "file-image"
	IconFileJpg               IconName = "file-jpg"
	IconFileMagnifyingGlass   IconName = "file-magnifying-glass"
	IconFilePdf               IconName = "file-pdf"
	IconFileText              IconName = "file-text"
	IconFiles                 IconName = "files"
	IconFirstAid              IconName = "first-aid"
	IconFloppyDisk            IconName = "floppy-disk"
	IconFolderOpen            IconName = "folder-open"
	IconFrameCorners          IconName = "frame-corners"
	IconGear                  IconName = "gear"
	IconGitMerge              IconName = "git-merge"
	IconGlobe                 IconName = "globe"
	IconGraduationCap         IconName = "graduation-cap"
	IconHandCoins             IconName = "hand-coins"
	IconHardDrives            IconName = "hard-drives"
	IconHeartbeat             IconName = "heartbeat"
	IconHospital              IconName = "hospital"
	IconHourglass             IconName = "hourglass"
	IconHouse                 IconName = "house"
	IconIdentificationCard    IconName = "identification-card"
	IconImage                 IconName = "image"
	IconInfo                  IconName = "info"
	IconKey                   IconName = "key"
	IconKeyboard              IconName = "keyboard"
	IconLinkBreak             IconName = "link-break"
	IconList                  IconName = "list"
	IconListChecks            IconName = "list-checks"
	IconLockKey               IconName = "lock-key"
	IconLockSimple            IconName = "lock-simple"
	IconMagnifyingGlass       IconName = "magnifying-glass"
	IconMapPin                IconName = "map-pin"
	IconMinus                 IconName = "minus"
	IconMoon                  IconName = "moon"
	IconPaperPlaneTilt        IconName = "paper-plane-tilt"
	IconPaperclip             IconName = "paperclip"
	IconPencilSimple          IconName = "pencil-simple"
	IconPencilSimpleLine      IconName = "pencil-simple-line"
	IconPhone                 IconName = "phone"
	IconPlus                  IconName = "plus"
	IconPrinter               IconName = "printer"
	IconProhibit              IconName = "prohibit"
	IconQuestion              IconName = "question"
	IconReceipt               IconName = "receipt"
	IconScan                  IconName = "scan"
	IconSealCheck             IconName = "seal-check"
	IconShieldCheck           IconName = "shield-check"
	IconSlidersHorizontal     IconName = "sliders-horizontal"
	IconStack                 IconName = "stack"
	IconStethoscope           IconName = "stethoscope"
	IconStorefront            IconName = "storefront"
	IconSun                   IconName = "sun"
	IconTestTube              IconName = "test-tube"
	IconTextAa                IconName = "text-aa"
	IconTooth                 IconName = "tooth"
	IconTranslate             IconName = "translate"
	IconTrash                 IconName = "trash"
	IconTray                  IconName = "tray"
	IconUploadSimple          IconName = "upload-simple"
	IconUser                  IconName = "user"
	IconUserPlus              IconName = "user-plus"
	IconUsers                 IconName = "users"
	IconUsersThree            IconName = "users-three"
	IconWarning               IconName = "warning"
	IconWarningCircle         IconName = "warning-circle"
	IconWifiHigh              IconName = "wifi-high"
	IconWifiSlash             IconName = "wifi-slash"
	IconX                     IconName = "x"
	IconXCircle               IconName = "x-circle"
)

// Icon returns an icon in a colour by meaning; it follows the theme in force. An unknown name gives a question mark.
func Icon(name IconName, colour fyne.ThemeColorName) fyne.Resource { return icon(name, false, colour) }

// FilledIcon is Icon with the filled drawing, for what is selected or done.
func FilledIcon(name IconName, colour fyne.ThemeColorName) fyne.Resource {
	return icon(name, true, colour)
}

func icon(name IconName, filled bool, colour fyne.ThemeColorName) fyne.Resource {
	return &tinted{drawing: drawing(name, filled), colour: colour}
}

// tinted is a drawing in a colour of the theme in force at the moment it is read.
type tinted struct {
	drawing fyne.Resource
	colour  fyne.ThemeColorName
}

func (t *tinted) hex() string {
	r, g, b, _ := Color(t.colour).RGBA()
	return fmt.Sprintf("%02X%02X%02X", r>>8, g>>8, b>>8)
}

// Name tells drawings and colours apart, since the toolkit keeps pictures by name.
func (t *tinted) Name() string { return t.hex() + "-" + t.drawing.Name() }

// Content returns the drawing with its paths in the colour.
func (t *tinted) Content() []byte {
	return bytes.ReplaceAll(t.drawing.Content(), []byte("<path "), []byte(`<path fill="#`+t.hex()+`" `))
}

// drawings keeps the icons that were asked for, ready to be coloured.
var drawings sync.Map // file name to fyne.Resource

func drawing(name IconName, filled bool) fyne.Resource {
	svg := assets.Icon(string(name), filled)
	if svg == nil {
		name = IconQuestion
		svg = assets.Icon(string(name), filled)
	}
	file := string(name) + ".svg"
	if filled {
		file = string(name) + "-fill.svg"
	}
	if known, ok := drawings.Load(file); ok {
		return known.(fyne.Resource)
	}
	made := fyne.NewStaticResource(file, separateArcs(svg))
	drawings.Store(file, made)
	return made
}

var (
	arcs    = regexp.MustCompile(`[aA][-+.,0-9eE\s]+`)
	numbers = regexp.MustCompile(`[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?`)
)

// separateArcs gives every arc of a path its own letter. The toolkit's SVG reader draws the second and later arcs of one
// letter with the numbers of the first.
func separateArcs(svg []byte) []byte {
	head, rest, ok := bytes.Cut(svg, []byte(`d="`))
	if !ok {
		return svg
	}
	rest = arcs.ReplaceAllFunc(rest, func(arc []byte) []byte {
		args := numbers.FindAll(arc[1:], -1)
		if len(args) <= 7 || len(args)%7 != 0 {
			return arc
		}
		var out []byte
		for group := range slices.Chunk(args, 7) {
			out = append(append(out, arc[0]), bytes.Join(group, []byte(" "))...)
		}
		return out
	})
	return slices.Concat(head, []byte(`d="`), rest)
}

// Drawing returns a drawing of our own in one colour: "logo-left", "logo-right".
func Drawing(name string, colour fyne.ThemeColorName) fyne.Resource {
	return &tinted{drawing: fyne.NewStaticResource(name+".svg", assets.Drawing(name)), colour: colour}
}

// toolkitIcons are the drawings that take the place of the toolkit's own.
var toolkitIcons = map[fyne.ThemeIconName]IconName{
	fynetheme.IconNameCancel:         IconX,
	fynetheme.IconNameConfirm:        IconCheck,
	fynetheme.IconNameDelete:         IconTrash,
	fynetheme.IconNameSearch:         IconMagnifyingGlass,
	fynetheme.IconNameArrowDropDown:  IconCaretDown,
	fynetheme.IconNameArrowDropUp:    IconCaretUp,
	fynetheme.IconNameNavigateBack:   IconCaretLeft,
	fynetheme.IconNameNavigateNext:   IconCaretRight,
	fynetheme.IconNameInfo:           IconInfo,
	fynetheme.IconNameQuestion:       IconQuestion,
	fynetheme.IconNameWarning:        IconWarning,
	fynetheme.IconNameError:          IconXCircle,
	fynetheme.IconNameFile:           IconFile,
	fynetheme.IconNameFolder:         IconFolderOpen,
	fynetheme.IconNameHome:           IconHouse,
	fynetheme.IconNameVisibility:     IconEye,
	fynetheme.IconNameVisibilityOff:  IconEyeSlash,
	fynetheme.IconNameContentCopy:    IconCopy,
	fynetheme.IconNameSettings:       IconGear,
	fynetheme.IconNameComputer:       IconDesktop,
	fynetheme.IconNameMoreHorizontal: IconDotsThree,
	fynetheme.IconNameList:           IconList,
}

// Icon answers for the toolkit's names.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := toolkitIcons[name]; ok {
		return fynetheme.NewThemedResource(drawing(own, false))
	}
	return fynetheme.DefaultTheme().Icon(name)
}
