package storage

import (
	"reflect"

	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/storage/courier"
	"github.com/sodale/sodale/storage/disk"
)

// told is what the open vault told the locked one last.
func (s *Store) told() courier.Content {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.courier.Content
}

// Greeting is the given name for the unlock screen, or "".
func (s *Store) Greeting() string { return s.told().Greeting }

// Instance is the UUID of this copy of the vault. A restored copy has another one.
func (s *Store) Instance() string { return s.told().Instance }

// Upload is the token that can only upload, "" when there is none. It is there while the vault is locked.
func (s *Store) Upload() string { return s.told().UploadToken }

// mendCourier writes the courier file again when it does not say what the vault says.
func (s *Store) mendCourier() error {
	want := s.courierContent(s.courier.Content.Instance)
	if reflect.DeepEqual(want, s.courier.Content) && want.Instance != "" {
		return nil
	}
	return s.writeCourier()
}

// writeCourier stores what the locked vault needs of the open one, and names this copy of the vault if it has no name yet.
func (s *Store) writeCourier() error {
	instance := s.courier.Content.Instance
	if instance == "" {
		var err error
		if instance, err = id.New(s.options.Clock.Now(), s.options.Random); err != nil {
			return err
		}
	}
	s.courier.Content = s.courierContent(instance)
	data, err := s.courier.Encode(s.options.Random)
	if err != nil {
		return err
	}
	return disk.WriteFile(s.path(fileCourier), data)
}

// courierContent is what the open vault tells the locked one. The greeting is the holder's given name once the mutual said it.
func (s *Store) courierContent(instance string) courier.Content {
	p := s.personal
	greeting := p.household.Holder.GivenName
	if greeting == "" {
		greeting = p.greeting
	}
	return courier.Content{Greeting: greeting, UploadToken: p.tokens.Upload, Instance: instance, Profile: p.mutual, Rules: p.rules,
		DeviceID: p.device.ID, DeviceKey: p.device.Key, User: p.user(), Stale: p.stale(), ShareKept: p.share.KeptBy == instance && instance != ""}
}
