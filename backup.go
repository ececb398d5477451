package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage"
)

// runBackup writes the vault into one file, still sealed, and reads it back before it says so. The password is the first
// line of stdin: only an open vault can be verified.
func runBackup(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	f := flags("backup", stderr)
	dir, out := dataFlag(f), f.String("out", "", "the file to write")
	if f.Parse(args) != nil || *out == "" {
		f.Usage()
		return 2
	}
	password, err := bufio.NewReader(stdin).ReadString('\n')
	if err != nil && password == "" {
		fmt.Fprintln(stderr, "sodale: the password is expected on stdin")
		return 2
	}
	return said(backup(*dir, *out, strings.TrimRight(password, "\r\n")), "verified: "+*out, stdout, stderr)
}

func backup(dir, out, password string) error {
	store, err := storage.Open(dir, storage.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	ctx := context.Background()
	if err := store.Unlock(ctx, []byte(password)); err != nil {
		return err
	}
	return store.Backup(ctx, out)
}

// runRestore makes a vault from a backup, in a folder where there is none.
func runRestore(args []string, stdout, stderr io.Writer) int {
	f := flags("restore", stderr)
	dir, from := dataFlag(f), f.String("from", "", "the file that backup wrote")
	if f.Parse(args) != nil || *from == "" {
		f.Usage()
		return 2
	}
	return said(storage.Restore(*from, *dir, storage.Options{}), "restored: "+*dir, stdout, stderr)
}

// said prints what was done, or the code of what was not, and returns the exit code.
func said(err error, done string, stdout, stderr io.Writer) int {
	if err != nil {
		fmt.Fprintln(stderr, "sodale:", fault.CodeOf(err))
		return 1
	}
	fmt.Fprintln(stdout, done)
	return 0
}
