package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// showMessage opens the system's own message box, which needs no OpenGL.
func showMessage(title, text string) {
	t, err1 := windows.UTF16PtrFromString(title)
	m, err2 := windows.UTF16PtrFromString(text)
	if err1 != nil || err2 != nil {
		return
	}
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("MessageBoxW").Call(0, uintptr(unsafe.Pointer(m)), uintptr(unsafe.Pointer(t)), windows.MB_ICONWARNING)
}
