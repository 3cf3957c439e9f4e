package dev.carillon.launch.centrifugo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings written in JSON (RFC 8259). Scalars stay text; every value remembers its line. */
final class JsonFile {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String label;
  private final JsonParser parser;

  private JsonFile(String label, JsonParser parser) {
    this.label = label;
    this.parser = parser;
  }

  /**
   * The members of the object that the text is.
   *
   * @throws ConfigException if it is none
   */
  static Map<String, Setting> read(String label, String text) {
    try (var parser = JSON.createParser(text)) {
      var file = new JsonFile(label, parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(label + ":1", "syntax", "no object", "a JSON object", null);
      }
      var settings = file.object();
      if (parser.nextToken() != null) {
        throw new ConfigException(file.place(), "syntax", "text after the object", "its end", null);
      }
      return settings;
    } catch (JsonParseException broken) {
      var where = broken.getLocation();
      var place = label + ":" + where.getLineNr() + ":" + where.getColumnNr();
      throw new ConfigException(place, "syntax", broken.getOriginalMessage(), "JSON", null);
    } catch (IOException impossible) {
      throw new ConfigException(label, "syntax", String.valueOf(impossible), "JSON", null);
    }
  }

  private Map<String, Setting> object() throws IOException {
    var members = new LinkedHashMap<String, Setting>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var place = place();
      // Null is how generators write that nothing is set.
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        members.put(name, new Setting(value(), place));
      }
    }
    return members;
  }

  private Object value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      default -> parser.getText();
    };
  }

  private List<Object> array() throws IOException {
    var elements = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return List.copyOf(elements);
  }

  private String place() {
    return label + ":" + parser.currentTokenLocation().getLineNr();
  }
}
