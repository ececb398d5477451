//go:build !linux

package main

import "github.com/sodale/sodale/ui/desktop"

// useDesktopChoosers leaves the toolkit's own dialogs in place.
func useDesktopChoosers(*desktop.Services) {}
