package assets

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

//go:embed ocr/tesseract-core-simd-lstm.wasm.gz
var ocrCore []byte

//go:embed ocr/ita.traineddata.gz
var ocrItalian []byte

// OCRCore returns Tesseract as a WebAssembly module of 2.9 MB. It is unpacked at each call.
func OCRCore() ([]byte, error) { return unpack(ocrCore) }

// OCRItalian returns what Tesseract knows of Italian, 2.7 MB. It is unpacked at each call.
func OCRItalian() ([]byte, error) { return unpack(ocrItalian) }

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
