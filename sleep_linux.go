package main

import (
	"log/slog"

	"github.com/godbus/dbus/v5"
)

// Where systemd-logind says that the computer is about to sleep (org.freedesktop.login1(5)).
const (
	sleepInterface = "org.freedesktop.login1.Manager"
	sleepMember    = "PrepareForSleep"
)

// suspended says each time that the computer is about to sleep. It is nil where no logind can be heard: then the window's two clocks
// tell afterwards.
func suspended() <-chan struct{} {
	bus, err := dbus.ConnectSystemBus()
	if err != nil {
		return nil
	}
	if err := bus.AddMatchSignal(dbus.WithMatchInterface(sleepInterface), dbus.WithMatchMember(sleepMember)); err != nil {
		slog.Warn("sleep", "err", err)
		return nil
	}
	signals, said := make(chan *dbus.Signal, 4), make(chan struct{}, 1)
	bus.Signal(signals)
	go func() {
		for s := range signals {
			if len(s.Body) == 1 && s.Name == sleepInterface+"."+sleepMember && s.Body[0] == true {
				select {
				case said <- struct{}{}:
				default:
				}
			}
		}
	}()
	return said
}
