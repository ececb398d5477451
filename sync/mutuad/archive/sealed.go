package archive

import (
	"bytes"
	"encoding/json"
	"io"
)

// Sealed writes a value as JSON sealed to the mutual.
func (a *Archive) Sealed(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var sealed bytes.Buffer
	w, err := a.Box.Seal(&sealed)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close()
	return sealed.Bytes(), err
}

// Opened returns the bytes under a seal of the mutual's.
func (a *Archive) Opened(sealed []byte) ([]byte, error) {
	r, err := a.Box.Open(bytes.NewReader(sealed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
