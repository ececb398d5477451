//go:build !windows

package main

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// messageTime is how long a message stays open that nobody closes.
const messageTime = time.Minute

// showMessage opens the first message box that the desktop has; without one the words on stderr have to do.
func showMessage(title, text string) {
	if runtime.GOOS != "darwin" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), messageTime)
	defer cancel()
	for _, box := range [][]string{
		{"zenity", "--warning", "--title", title, "--text", text},
		{"kdialog", "--title", title, "--sorry", text},
		{"osascript", "-e", `display alert "Sodale" message "Sodale non può aprire la finestra: manca OpenGL."`},
		{"xmessage", "-center", text},
	} {
		if path, err := exec.LookPath(box[0]); err == nil {
			if exec.CommandContext(ctx, path, box[1:]...).Run() == nil {
				return
			}
		}
	}
}
