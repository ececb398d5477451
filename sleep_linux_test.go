package main

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// bus starts a real bus daemon in the place of the system's and returns a connection to it.
func bus(t *testing.T) *dbus.Conn {
	t.Helper()
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = daemon.Process.Kill(); _ = daemon.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", strings.TrimSpace(address))
	conn, err := dbus.ConnectSystemBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func TestTheWordThatTheComputerWillSleepIsHeard(t *testing.T) {
	logind := bus(t)
	said := suspended()
	if said == nil {
		t.Fatal("nobody listens")
	}
	say := func(sleeping bool) {
		if err := logind.Emit("/org/freedesktop/login1", sleepInterface+"."+sleepMember, sleeping); err != nil {
			t.Fatal(err)
		}
	}
	say(false) // it woke up: nothing to do
	say(true)
	select {
	case <-said:
	case <-time.After(10 * time.Second):
		t.Fatal("not heard")
	}
	if len(said) != 0 {
		t.Error("waking up counts as going to sleep")
	}
}

func TestWithoutABusNobodyIsHeard(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
	if suspended() != nil {
		t.Error("somebody is heard")
	}
}
