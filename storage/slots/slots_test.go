package slots_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/storage/record"
	"github.com/sodale/sodale/storage/slots"
)

var key = bytes.Repeat([]byte{7}, record.SecretSize)

// recoveryFile is a file with one slot that costs nothing to open.
func recoveryFile(t testing.TB, code []byte) slots.File {
	t.Helper()
	f := slots.File{Schema: 1, Vault: record.VaultID{1, 2, 3}}
	s, err := slots.WrapRecovery(f.Vault, code, key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return f.With(s)
}

func TestASlotOpensWithItsSecretInItsVaultOnly(t *testing.T) {
	code := []byte("0123456789abcdef")
	f := recoveryFile(t, code)
	s, err := f.Find(slots.Recovery)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Open(f.Vault, code); err != nil || !bytes.Equal(got, key) {
		t.Fatalf("%x, %v", got, err)
	}
	if _, err := s.Open(f.Vault, []byte("0123456789abcdeF")); !errors.Is(err, slots.ErrWrong) {
		t.Fatalf("another code: %v", err)
	}
	if _, err := s.Open(record.VaultID{9}, code); !errors.Is(err, slots.ErrWrong) {
		t.Fatalf("another vault: %v", err)
	}
	s.Kind = slots.Password
	s.Params = slots.Params{Passes: 1, MemoryKiB: 45 << 10, Threads: 1}
	if _, err := s.Open(f.Vault, code); !errors.Is(err, slots.ErrWeak) {
		t.Fatalf("weak parameters: %v", err)
	}
	if _, err := f.Find(slots.Password); !errors.Is(err, slots.ErrNoSlot) {
		t.Fatalf("no such slot: %v", err)
	}
}

func TestTheNewerWholeGenerationIsRead(t *testing.T) {
	old := recoveryFile(t, []byte("0123456789abcdef"))
	next := old
	next.Generation++
	for name, c := range map[string]struct {
		data       []byte
		generation uint64
		both       bool
	}{
		"newer second":       {append(old.Encode(), next.Encode()...), next.Generation, false},
		"newer first":        {append(next.Encode(), old.Encode()...), next.Generation, false},
		"both the same":      {append(old.Encode(), old.Encode()...), old.Generation, true},
		"second torn":        {append(old.Encode(), next.Encode()[:100]...), old.Generation, false},
		"first overwritten":  {append(make([]byte, slots.Half), old.Encode()...), old.Generation, false},
		"newer second, torn": {append(old.Encode(), append(next.Encode()[:2048], make([]byte, 2048)...)...), old.Generation, false},
	} {
		f, both, err := slots.Decode(c.data)
		if err != nil || f.Generation != c.generation || both != c.both {
			t.Errorf("%s: generation %d, both %v, %v", name, f.Generation, both, err)
		}
	}
	if _, _, err := slots.Decode(make([]byte, slots.Size)); !errors.Is(err, slots.ErrDamaged) {
		t.Errorf("nothing whole: %v", err)
	}
}

func TestBoundsOfTheKeyParameters(t *testing.T) {
	for _, c := range []struct {
		p  slots.Params
		ok bool
	}{
		{slots.Standard, true},
		{slots.Params{Passes: 1, MemoryKiB: 46 << 10, Threads: 1}, true},
		{slots.Params{Passes: 1, MemoryKiB: 46<<10 - 1, Threads: 1}, false},
		{slots.Params{Passes: 16, MemoryKiB: 512 << 10, Threads: 16}, true},
		{slots.Params{Passes: 1, MemoryKiB: 512<<10 + 1, Threads: 1}, false},
		{slots.Params{Passes: 0, MemoryKiB: 64 << 10, Threads: 1}, false},
		{slots.Params{Passes: 17, MemoryKiB: 64 << 10, Threads: 1}, false},
		{slots.Params{Passes: 3, MemoryKiB: 64 << 10, Threads: 0}, false},
	} {
		if err := c.p.Check(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.p, err)
		}
	}
}

func TestARecoveryCodeIsReadAsAPersonTypesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := [slots.CodeSize]byte(rapid.SliceOfN(rapid.Byte(), slots.CodeSize, slots.CodeSize).Draw(t, "code"))
		text := slots.FormatCode(code)
		typed := strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(strings.ToLower(text))
		if got, err := slots.ParseCode(typed); err != nil || got != code {
			t.Fatalf("%s: %x, %v", typed, got, err)
		}
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		wrong := []byte(text)
		wrong[at] = rapid.SampledFrom([]byte("0123456789ABCDEFGHJKMNPQRSTVWXYZ")).Draw(t, "typed")
		if text[at] != '-' && wrong[at] != text[at] {
			if _, err := slots.ParseCode(string(wrong)); err == nil {
				t.Fatalf("%s passes for %s", wrong, text)
			}
		}
	})
}

// withSecrets is a file with two shares and a keyring's secret besides the code.
func withSecrets(t testing.TB) (f slots.File, shares [][]byte, keyring []byte) {
	t.Helper()
	f = recoveryFile(t, []byte("0123456789abcdef"))
	for i := range 3 {
		shares = append(shares, bytes.Repeat([]byte{byte(i + 1)}, slots.SecretSize))
		s, err := slots.WrapShare(f.Vault, shares[i], key, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		f = f.Adding(s)
	}
	keyring = bytes.Repeat([]byte{9}, slots.SecretSize)
	s, err := slots.WrapKeyring(f.Vault, keyring, key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return f.With(s), shares, keyring
}

func TestThereAreTheTwoNewestSharesAndEachSecretOpensItsOwnKindInItsOwnVault(t *testing.T) {
	f, shares, keyring := withSecrets(t)
	got := f.Shares()
	if len(got) != slots.MaxShares || len(f.Slots) != 4 {
		t.Fatalf("%d shares, %d slots", len(got), len(f.Slots))
	}
	for i, s := range got {
		if k, err := s.Open(f.Vault, shares[i+1]); err != nil || !bytes.Equal(k, key) {
			t.Errorf("share %d: %v", i+1, err)
		}
		if _, err := s.Open(record.VaultID{9}, shares[i+1]); !errors.Is(err, slots.ErrWrong) {
			t.Errorf("share %d in another vault: %v", i+1, err)
		}
		if _, err := s.Open(f.Vault, shares[0]); !errors.Is(err, slots.ErrWrong) {
			t.Errorf("the dropped share: %v", err)
		}
		s.Kind = slots.Keyring
		if _, err := s.Open(f.Vault, shares[i+1]); !errors.Is(err, slots.ErrWrong) {
			t.Errorf("a share taken for a keyring's secret: %v", err)
		}
	}
	ring, err := f.Find(slots.Keyring)
	if err != nil {
		t.Fatal(err)
	}
	if k, err := ring.Open(f.Vault, keyring); err != nil || !bytes.Equal(k, key) {
		t.Errorf("keyring: %v", err)
	}
	without := f.Without(slots.Keyring)
	if _, err := without.Find(slots.Keyring); !errors.Is(err, slots.ErrNoSlot) || without.Generation != f.Generation+1 || len(without.Slots) != 3 {
		t.Errorf("%+v", without)
	}
	again, both, err := slots.Decode(append(f.Encode(), f.Encode()...))
	if err != nil || !both || !slices.Equal(again.Slots, f.Slots) {
		t.Errorf("%v, %v", both, err)
	}
}

func TestTwoHalvesOfOneGenerationThatDifferAreNotWhole(t *testing.T) {
	f, _, _ := withSecrets(t)
	other := f
	other.Slots = other.Slots[:1]
	if _, both, err := slots.Decode(append(f.Encode(), other.Encode()...)); err != nil || both {
		t.Errorf("both %v, %v", both, err)
	}
}

func TestOneHalfIsEnoughToSayThatTheKeysWereDestroyed(t *testing.T) {
	f, _, _ := withSecrets(t)
	r := slots.Remains{Vault: f.Vault, All: true, Waiting: 7}
	for name, data := range map[string][]byte{"both": append(r.Encode(), r.Encode()...), "first": append(r.Encode(), f.Encode()...),
		"second": append(f.Encode(), r.Encode()...), "second torn": append(r.Encode(), f.Encode()[:100]...)} {
		if got, ok := slots.DecodeRemains(data); !ok || got != r {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
	torn := append(append(r.Encode()[:512:512], f.Encode()[512:]...), f.Encode()...)
	if _, ok := slots.DecodeRemains(torn); ok {
		t.Error("a torn half is taken for destroyed keys")
	}
	if _, _, err := slots.Decode(torn); err != nil {
		t.Errorf("the keys are lost: %v", err)
	}
}

func FuzzDecodeRemains(f *testing.F) {
	f.Add(slots.Remains{Waiting: 3}.Encode())
	f.Add(slots.Remains{All: true}.Encode()[:100])
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, ok := slots.DecodeRemains(data); ok {
			if again, ok := slots.DecodeRemains(r.Encode()); !ok || again != r {
				t.Fatalf("%+v", again)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	good, _, _ := withSecrets(f)
	f.Add(append(good.Encode(), good.Encode()...))
	f.Add([]byte("SodaleS1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _, err := slots.Decode(data)
		if err != nil {
			return
		}
		again, _, err := slots.Decode(file.Encode())
		if err != nil || again.Generation != file.Generation || !slices.Equal(again.Slots, file.Slots) {
			t.Fatalf("%+v, %v", again, err)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	f.Add("0000-0000-0000-0000-0000-0000-0000")
	f.Fuzz(func(t *testing.T, text string) {
		if code, err := slots.ParseCode(text); err == nil {
			if again, err := slots.ParseCode(slots.FormatCode(code)); err != nil || again != code {
				t.Fatalf("%x, %v", again, err)
			}
		}
	})
}
