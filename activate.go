package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/seal"
)

// activateTime is how long sign-in and the first events may take.
const activateTime = 30 * time.Second

// runActivate signs in at the mutual and makes the vault. The password is the first line of stdin, never an argument; the
// recovery code is the only thing on stdout.
func runActivate(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	f := flags("activate", stderr)
	dir, profileFile, user := dataFlag(f), f.String("profile", "", "the mutual's profile"), f.String("user", "", "user name at the mutual")
	if f.Parse(args) != nil || *profileFile == "" || *user == "" {
		f.Usage()
		return 2
	}
	line, err := bufio.NewReader(stdin).ReadString('\n')
	if err != nil && line == "" {
		fmt.Fprintln(stderr, "sodale: the password is expected on stdin")
		return 2
	}
	profile, err := readProfile(*profileFile)
	if err != nil {
		fmt.Fprintln(stderr, "sodale:", err)
		return 1
	}
	ctx, cancel := context.WithTimeout(context.Background(), activateTime)
	defer cancel()
	code, err := activate(ctx, *dir, profile, *user, strings.TrimRight(line, "\r\n"))
	if err != nil {
		fmt.Fprintln(stderr, "sodale:", fault.CodeOf(err), err)
		return 1
	}
	fmt.Fprintln(stdout, code)
	return 0
}

func readProfile(path string) (api.Profile, error) {
	var p api.Profile
	data, err := os.ReadFile(path)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(data, &p)
}

// activate makes dir the vault of a member: signs in, makes the key pair and the vault under the same password, and waits
// for the first events, so that the household is there before the first claim. It returns the recovery code.
func activate(ctx context.Context, dir string, profile api.Profile, user, password string) (string, error) {
	wire := engine.NewWire(profile, nil, rand.Reader)
	host, err := os.Hostname()
	if err != nil {
		host = "Sodale"
	}
	device, err := wire.SignIn(ctx, api.SignIn{User: user, Password: password, Device: host})
	if err != nil {
		return "", err
	}
	secret, _, err := seal.NewIdentity()
	if err != nil {
		return "", err
	}
	pinned, err := json.Marshal(profile)
	if err != nil {
		return "", err
	}
	code, err := storage.Create(dir, storage.Options{}, []byte(password), storage.Setup{Profile: pinned, Identity: secret,
		Tokens: storage.Tokens{Upload: device.UploadToken, Full: device.Token}})
	if err != nil {
		return "", err
	}
	return code, firstEvents(ctx, dir, password)
}

// firstEvents opens the new vault until the household has arrived.
func firstEvents(ctx context.Context, dir, password string) error {
	h, err := openHouse(dir, nil)
	if err != nil {
		return err
	}
	defer h.close()
	arrived := make(chan struct{}, 1)
	defer h.store.Feed().Listen(func(change.Change) {
		select {
		case arrived <- struct{}{}:
		default:
		}
	})()
	if err := h.Unlock(ctx, []byte(password)); err != nil {
		return err
	}
	for {
		household, err := h.store.Household(ctx)
		if err != nil {
			return err
		}
		if household.Number != "" {
			return nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return fault.Wrap(engine.CodeTimeout, "activate", "household", ctx.Err())
		}
	}
}
