//go:build !unix

package scan

import (
	"errors"
	"image"
)

// tray is for systems where there is SANE.
type tray struct{}

func openTray(int) (*tray, error) { return nil, errors.ErrUnsupported }

func (*tray) arguments() []string { return nil }

func (*tray) take() ([]image.Image, error) { return nil, errors.ErrUnsupported }

func (*tray) end() {}

func (*tray) close() {}
