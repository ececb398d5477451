package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
)

// A mutual whose claims were stored before any was joined has them all after the change: each by itself, with nothing lost.
func TestClaimsFromBeforeTheyWereJoinedStandByThemselves(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "mutuad.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range append([]string{settingTable}, append(migrations[:3:3],
		`INSERT INTO setting VALUES ('schema', '3')`,
		`INSERT INTO member (id, number, user_name, password, people) VALUES ('m', '1', '1', '', '[]')`,
		`INSERT INTO claim VALUES ('m', 's', '26-000001', 'documents-requested', 1, 3615, 1, 2)`)...) {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSQLite(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.FindClaim(ctx, "26-000001")
	if err != nil || c.Kind != claim.Refund || c.JoinedTo != "" || !c.ReplyBy.IsZero() || len(c.Said) != 0 || c.State != claim.DocumentsRequested || c.Total != 3615 {
		t.Fatalf("%+v, %v", c, err)
	}
	if late, err := s.LateClaims(ctx, civil.Date{Year: 2099, Month: 1, Day: 1}); err != nil || len(late) != 0 { // no day was said: none is late
		t.Fatalf("%+v, %v", late, err)
	}
	if open, err := s.OpenClaim(ctx, "m", "other"); err != nil || open.Protocol != "26-000001" {
		t.Fatalf("%+v, %v", open, err)
	}
}
