package desktop

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/screen/newclaim"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/theme"
)

// Intake is how papers come in beside the file chooser. Each func calls found with a paper, on any goroutine, and returns
// when there are no more or ctx has ended. Errors carry codes.
type Intake struct {
	Paste func(ctx context.Context, found func(name string, data []byte)) error
	Scan  func(ctx context.Context, found func(name string, data []byte)) error
	// Watch takes what is saved into a folder from now on. It asks for the folder in a window where it knows none.
	Watch func(ctx context.Context, parent fyne.Window, found func(name string, data []byte)) error
}

// ways are those that this computer has.
func (s *Shell) ways() []newclaim.Way {
	in := s.services.Intake
	var ways []newclaim.Way
	if in.Paste != nil {
		ways = append(ways, newclaim.Way{Name: newclaim.WayPaste, Icon: theme.IconCopy, Begin: in.Paste})
	}
	if in.Scan != nil {
		ways = append(ways, newclaim.Way{Name: newclaim.WayScan, Icon: theme.IconScan, Begin: in.Scan})
	}
	if in.Watch != nil {
		ways = append(ways, newclaim.Way{Name: newclaim.WayWatch, Icon: theme.IconFolderOpen, Begin: func(ctx context.Context, found func(string, []byte)) error {
			return in.Watch(ctx, s.window, found)
		}})
	}
	return ways
}

// Courier carries what waits to the mutual on a stick, and its answers back. What is carried is sealed already.
type Courier struct {
	ChooseFolder func(parent fyne.Window, chosen func(path string))
	Take         func(ctx context.Context, folder string) (letters int, err error)
	Bring        func(ctx context.Context, folder string) (queue.Brought, error)
}
