package strictyaml

import (
	"encoding/json"
	"reflect"
)

// Schema is the JSON Schema (draft 2020-12) of the files that Read takes for a type, for editors. enums are the values that a named
// type may have, as a list. It ends with a new line and is the same for the same type.
func Schema(t reflect.Type, title string, enums map[reflect.Type]any) ([]byte, error) {
	s := schemaOf(t, enums)
	s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", title
	text, err := json.MarshalIndent(s, "", "  ")
	return append(text, '\n'), err
}

type schema map[string]any

func schemaOf(t reflect.Type, enums map[reflect.Type]any) schema {
	switch {
	case t == dateType:
		return schema{"type": "string", "format": "date"}
	case enums[t] != nil:
		return schema{"type": "string", "enum": enums[t]}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), enums)
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return schema{"type": "integer", "minimum": 0}
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem(), enums)}
	case reflect.Struct:
		properties, required := schema{}, []string{}
		for _, k := range keysOf(t) {
			properties[k.name] = schemaOf(k.of, enums)
			if k.needed {
				required = append(required, k.name)
			}
		}
		return schema{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
	}
	panic("no schema for " + t.String()) // a field of a kind that Read does not take either
}
