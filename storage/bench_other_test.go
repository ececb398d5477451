//go:build bench && !linux

package storage

import "os"

func fdatasync(f *os.File) error { return f.Sync() }
