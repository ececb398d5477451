package faults_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// TestARealMutualThatComesBackFromABackupGetsEverythingAgain copies the mutual's folder, delivers more, puts the copy back and
// begins a new epoch, as `mutuad` tells an operator to.
func TestARealMutualThatComesBackFromABackupGetsEverythingAgain(t *testing.T) {
	bytesOf := random(seedOf(t))
	root := t.TempDir()
	dir, backup := filepath.Join(root, "mutual"), filepath.Join(root, "backup")
	var h *home
	var early, late claim.Claim
	t.Run("before the backup", func(t *testing.T) {
		m := newMutual(t, dir, nil)
		h = lastingHome(t, filepath.Join(root, "vault"), m)
		early = h.deliver(t, m, bytesOf, "prima della copia")
	})
	defer h.store.Close()
	copyFolder(t, dir, backup)
	t.Run("after the backup", func(t *testing.T) {
		late = h.deliver(t, newMutual(t, dir, nil), bytesOf, "dopo la copia")
	})
	first := h.status(t, late.OpID)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	copyFolder(t, backup, dir)
	m := newMutual(t, dir, nil)
	if _, there := m.revision(t, string(late.ID), 1); there {
		t.Fatal("the backup has what came after it")
	}
	if _, err := m.archive.RenewEpoch(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer run(h.engine(m.profile, nil))()
	renewed := func() bool {
		return h.status(t, late.OpID).Epoch != first.Epoch && h.status(t, early.OpID).Epoch != first.Epoch
	}
	if !until(20*time.Second, renewed) {
		t.Fatal("the new memory of the mutual was not noted")
	}
	checkOnce(t, m, h, early)
	checkOnce(t, m, h, late)
	checkRows(t, m, h)
	if d := h.status(t, late.OpID); d.Status != submission.Delivered {
		t.Errorf("it moved to %s", d.Status)
	}
}

// lastingHome is a home that outlives the test that makes it.
func lastingHome(t *testing.T, dir string, m *mutual) *home {
	t.Helper()
	code, err := storage.Create(dir, storage.Options{}, vaultPassword, setupOf(t, m.profile, m.signIn(t)))
	if err != nil {
		t.Fatal(err)
	}
	h, err := openHome(dir, code, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// deliver queues one claim and runs an engine until it has arrived.
func (h *home) deliver(t *testing.T, m *mutual, r io.Reader, notes string) claim.Claim {
	t.Helper()
	c := h.queue(t, r, notes, 3000)
	defer run(h.engine(m.profile, nil))()
	if !until(20*time.Second, h.allAtRest) || h.status(t, c.OpID).Status != submission.Delivered {
		t.Fatal(h.waiting())
	}
	return c
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
