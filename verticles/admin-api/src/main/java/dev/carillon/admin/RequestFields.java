package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.json.JsonException;
import dev.carillon.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of the one JSON object that a request consists of. What is wrong is refused with the
 * name of the field, its value and what was expected; so are fields that nobody knows, because they
 * would be ignored: that would be another order than the one that was given.
 */
final class RequestFields {

  /** Reads the value of the current field. */
  @FunctionalInterface
  interface Taker {
    void take(String name) throws IOException;
  }

  private final JsonReader json;

  /** Names of the objects round the current field, each with a dot behind it. */
  private String path = "";

  private RequestFields(JsonReader json) {
    this.json = json;
  }

  /** What reads one whole body. */
  @FunctionalInterface
  interface Body {
    void read(RequestFields fields) throws IOException;
  }

  /**
   * @throws Refusal 400 when the body is something else
   */
  static void read(byte[] body, Body reading) {
    try (var json = new JsonReader(body, 0, body.length)) {
      JsonReader.checkText(body);
      json.begin();
      reading.read(new RequestFields(json));
      json.end();
    } catch (IOException malformed) {
      throw new Refusal(400, "malformed body (expected: one JSON object and nothing after it)");
    }
  }

  /** Takes each field of the current object, which may have these and no others. */
  void each(List<String> known, Taker taker) throws IOException {
    Set<String> seen = new HashSet<>();
    while (json.nextField()) {
      String name = json.name();
      if (!known.contains(name)) {
        throw Refusal.bad("field " + path + Excerpt.of(name), String.join(", ", known));
      }
      if (!seen.add(name)) {
        throw Refusal.bad("field " + path + name + " again", "once");
      }
      if (json.isNull()) {
        throw Refusal.bad(path + name + " null", "a value, or no such field");
      }
      taker.take(name);
    }
  }

  /** Takes the fields of the object that is the value of the current field. */
  void object(List<String> known, Taker taker) throws IOException {
    String name = json.name();
    expect("an object", json::beginObject);
    String before = path;
    path = before + name + ".";
    each(known, taker);
    path = before;
  }

  String text() throws IOException {
    expect("text", json::text);
    return json.text();
  }

  /** A number that is allowed to be the smallest and the largest. */
  long number(long min, long max) throws IOException {
    expect("a whole number from " + min + " to " + max, () -> json.number(min, max));
    return json.number(min, max);
  }

  boolean flag() throws IOException {
    expect("true or false", json::flag);
    return json.flag();
  }

  /** Any JSON, as it stands in the body. */
  Bytes json() throws IOException {
    return json.raw();
  }

  List<String> texts(int most) throws IOException {
    String name = json.name();
    expect("a list", json::beginArray);
    List<String> texts = new ArrayList<>();
    while (json.nextElement()) {
      if (texts.size() == most) {
        throw Refusal.bad(path + name + " of more than " + most, "at most " + most);
      }
      texts.add(element(name));
    }
    return texts;
  }

  private String element(String list) throws IOException {
    try {
      return json.text();
    } catch (JsonException wrong) {
      throw Refusal.bad(
          path + list + " with " + Excerpt.of(json.raw().asUtf8()), "a list of texts");
    }
  }

  private interface Reading {
    void read() throws IOException;
  }

  /** The reader stays where it is, so that the value can be read again. */
  private void expect(String expected, Reading reading) throws IOException {
    try {
      reading.read();
    } catch (JsonException wrong) {
      throw Refusal.bad(path + json.name() + " " + Excerpt.of(json.raw().asUtf8()), expected);
    }
  }
}
