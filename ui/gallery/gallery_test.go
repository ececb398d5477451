package gallery_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/ui/gallery"
)

// TestEveryScreenIsDrawn writes all pictures into the folder that SODALE_SCREENS names; without it, one picture of each
// scene into a folder of its own, to see that every scene can be reached. SODALE_SCENE and SODALE_VARIANT
// keep only those with that word in their name.
func TestEveryScreenIsDrawn(t *testing.T) {
	dir, only, variant := os.Getenv("SODALE_SCREENS"), os.Getenv("SODALE_SCENE"), os.Getenv("SODALE_VARIANT")
	all := dir != ""
	if !all {
		dir = t.TempDir()
	}
	pictures, err := gallery.Write(dir, func(s gallery.Scene, v gallery.Variant) bool {
		return strings.Contains(s.Name, only) && strings.Contains(v.Name, variant) && (all || v == gallery.Variants[0])
	})
	if err != nil {
		t.Fatal(err)
	}
	if only+variant == "" && len(pictures) < len(gallery.Scenes) {
		t.Fatalf("%d pictures of %d scenes", len(pictures), len(gallery.Scenes))
	}
	for _, p := range pictures {
		if info, err := os.Stat(filepath.Join(dir, p.File)); err != nil || info.Size() < 10_000 {
			t.Errorf("%s is empty", p.File)
		}
	}
}
