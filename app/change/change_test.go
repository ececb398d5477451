package change_test

import (
	"slices"
	"testing"

	"github.com/sodale/sodale/app/change"
)

func TestListenersHearChangesInOrderUntilTheyLeave(t *testing.T) {
	var feed change.Feed
	var heard []string
	leave := feed.Listen(func(c change.Change) { heard = append(heard, "a:"+c.ID) })
	feed.Listen(func(c change.Change) { heard = append(heard, "b:"+c.ID) })
	feed.Say(change.Change{Topic: change.Claims, ID: "1"}, change.Change{Topic: change.Claims, ID: "2"})
	leave()
	feed.Say(change.Change{Topic: change.Claims, ID: "3"})
	if want := []string{"a:1", "b:1", "a:2", "b:2", "b:3"}; !slices.Equal(heard, want) {
		t.Fatalf("heard %v, want %v", heard, want)
	}
}
