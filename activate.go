package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
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
	profile, err := readConnection(*profileFile)
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

// founding is what a vault is made from.
type founding struct {
	line     api.Profile // how the mutual is reached and known
	rules    mutual.Profile
	device   account.Device
	user     string
	password string
}

// found makes dir the vault of a member who signed in, under the account's password, and returns the recovery code.
func found(dir string, f founding) (string, error) {
	secret, _, err := seal.NewIdentity()
	if err != nil {
		return "", err
	}
	pinned, err := json.Marshal(f.line)
	if err != nil {
		return "", err
	}
	return storage.Create(dir, storage.Options{}, []byte(f.password), storage.Setup{Profile: pinned, Rules: f.rules, Identity: secret,
		Tokens: storage.Tokens{Upload: f.device.Upload, Full: f.device.Token}, DeviceID: f.device.ID, DeviceKey: f.device.Key, User: f.user,
		PasswordChanged: f.device.PasswordChanged})
}

// activate makes dir the vault of a member whose account is there already: signs in, makes the key pair and the vault under the
// same password, and waits for the first events, so that the household is there before the first claim. It returns the
// recovery code.
func activate(ctx context.Context, dir string, line api.Profile, user, password string) (string, error) {
	door := portalOf(line)
	rules, err := door.Rules(ctx)
	if err != nil {
		return "", err
	}
	device, err := door.SignIn(ctx, account.Credentials{User: user, Password: password, Device: computerName()})
	if err != nil {
		return "", err
	}
	code, err := found(dir, founding{line: line, rules: rules, device: device, user: user, password: password})
	if err != nil {
		return "", err
	}
	return code, firstEvents(ctx, dir, password)
}

// computerName is a name that the member recognises this computer by.
func computerName() string {
	host, err := os.Hostname()
	if err != nil {
		return "Sodale"
	}
	return host
}

// firstEvents opens the new vault until the household has arrived.
func firstEvents(ctx context.Context, dir, password string) error {
	h, err := openHouse(dir, nil)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.Unlock(ctx, []byte(password)); err != nil {
		return err
	}
	return h.awaitHousehold(ctx)
}

// awaitHousehold waits until the mutual has said who its member is.
func (h *house) awaitHousehold(ctx context.Context) error {
	arrived := make(chan struct{}, 1)
	defer h.store.Feed().Listen(func(change.Change) {
		select {
		case arrived <- struct{}{}:
		default:
		}
	})()
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
