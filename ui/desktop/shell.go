package desktop

import (
	"image"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/complaint"
	"github.com/sodale/sodale/ui/screen/family"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Shell is the window: first the locked door, then navigation, header and pages. All methods belong to the window's
// goroutine, except where they say otherwise.
type Shell struct {
	services Services
	settings settings.Settings
	window   fyne.Window
	layers   *widget.Layers
	runner   *runner.Runner // of what the shell itself reads

	page     Page
	way      history
	query    claims.Query // what the list of claims was asked for last
	open     bool         // the vault is open
	closed   bool         // the window is closed
	frame    *frame       // nil while a page takes the whole window
	chip     *widget.Chip
	queue    *queue.Sheet
	cause    submission.Cause // first point that failed in the last diagnosis
	asked    time.Time        // when that was
	facts    facts
	letter   complaint.Draft   // the complaint or question that is being written
	relative family.Draft      // the form of a relative, kept while other pages are shown
	before   image.Image       // what was seen before the page of help; nil = nothing
	keys     map[string]func() // the window's combinations by their name
	pageKeys map[string]func() // those of the page that is shown
	guard    *guard            // locks when nobody is there; nil while the vault is closed
	pending  atomic.Bool       // a refresh is on its way to the window
	cancels  []func()
}

// facts is what the shell shows of the vault.
type facts struct {
	household member.Household
	notices   []notice.Notice
	summaries []claim.Summary
	terms     []reminder.Reminder // what ends soon
	todo      int
}

// New opens the window of the program on the locked door. It is shown by Show or Run.
func New(app fyne.App, services Services) *Shell { return In(NewWindow(app), services) }

// NewWindow returns the bare window of the program, so that it can be made while services are still on their way.
func NewWindow(app fyne.App) fyne.Window { return app.NewWindow("Sodale") }

// In furnishes a bare window with the locked door, as New.
func In(window fyne.Window, services Services) *Shell {
	s := &Shell{services: services, window: window}
	s.settings = settings.Valid(services.LoadSettings())
	words.Set(s.settings.Language)
	theme.Use(theme.Settings{Look: s.settings.Look, Text: s.settings.Text})
	s.layers = widget.NewLayers(widget.Column(0))
	s.window.SetPadded(false)
	s.window.SetContent(s.layers)
	s.window.Resize(fyne.NewSize(s.settings.Width, s.settings.Height))
	s.window.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { s.Drop(files) })
	s.window.SetCloseIntercept(s.Close)
	s.runner = s.newRunner()
	s.bindKeys()
	s.listen()
	s.begin()
	return s
}

// Window returns the window.
func (s *Shell) Window() fyne.Window { return s.window }

// Page returns the page that is shown.
func (s *Shell) Page() Page { return s.page }

// Show brings the window up without running the program's loop.
func (s *Shell) Show() { s.window.Show() }

// Run brings the window up and returns when it was closed.
func (s *Shell) Run() {
	stop := runner.Every(time.Minute, s.showChip) // the hour of the chip stays right
	defer stop()
	s.window.ShowAndRun()
}

// Close ends the page's work, remembers the size of the window and closes it. Calling it twice does no harm.
func (s *Shell) Close() {
	if s.closed {
		return
	}
	s.closed = true
	s.leavePage()
	s.cancelAll()
	s.runner.Leave()
	size := s.window.Canvas().Size()
	if size.Width >= settings.LeastWidth && size.Height >= settings.LeastHeight {
		s.settings.Width, s.settings.Height = size.Width, size.Height
	}
	s.services.SaveSettings(s.settings)
	s.window.Close()
}

// cancelAll ends everything that the window listens to.
func (s *Shell) cancelAll() {
	for _, cancel := range s.cancels {
		cancel()
	}
	s.cancels = nil
}

func (s *Shell) newRunner() *runner.Runner {
	if s.services.NewRunner != nil {
		return s.services.NewRunner()
	}
	return runner.New()
}

// opened goes on behind the door.
func (s *Shell) opened() error {
	if s.services.Ready != nil {
		if err := s.services.Ready(); err != nil {
			return err
		}
	}
	s.open = true
	s.guardDoor()
	s.load()
	s.Go(Place{Screen: Overview})
	if s.services.Damage != nil {
		if err := s.services.Damage(); err != nil {
			s.tellDamage(err)
		}
	}
	return nil
}

// tellDamage names what is lost, and what to do, in a dialog that has to be closed.
func (s *Shell) tellDamage(err error) {
	parts := []fyne.CanvasObject{widget.NewText(errtext.Of(err), theme.Body)}
	if s.services.Phone != "" {
		parts = append(parts, widget.NewText(words.T("shell.help.phone", "Phone", s.services.Phone), theme.Body))
	}
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("shell.damage.done"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("shell.damage.title"), widget.Column(12, parts...), done).First(done)
	sheet.ShowOn(s.window.Canvas())
}

// Lock ends the page's work and the process.
func (s *Shell) Lock() {
	if !s.open || s.services.Lock == nil {
		return
	}
	s.leavePage()
	s.services.SaveSettings(s.settings)
	s.services.Lock()
}

// change stores and applies settings, and shows the page anew with the same state.
func (s *Shell) change(now settings.Settings) {
	now.Width, now.Height, now.Told = s.settings.Width, s.settings.Height, s.settings.Told
	s.settings = settings.Valid(now)
	s.services.SaveSettings(s.settings)
	words.Set(s.settings.Language)
	theme.Use(theme.Settings{Look: s.settings.Look, Text: s.settings.Text})
	s.build()
}

// listen follows the changes in the vault and on the line, whoever makes them.
func (s *Shell) listen() {
	if s.services.Changes == nil {
		return
	}
	s.cancels = append(s.cancels, s.services.Changes.Listen(func(change.Change) {
		if s.pending.CompareAndSwap(false, true) {
			fyne.Do(s.refresh)
		}
	}))
}

// refresh shows again what may have changed.
func (s *Shell) refresh() {
	s.pending.Store(false)
	s.showChip()
	if r, ok := s.page.(Refresher); ok {
		r.Refresh()
	}
	if !s.open {
		return
	}
	s.load()
	if s.queue != nil {
		s.queue.Refresh()
	}
}
