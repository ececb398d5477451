package storage

func (s *Store) recover(cause error) error { return cause }
func (s *Store) migrate() error            { return nil }
