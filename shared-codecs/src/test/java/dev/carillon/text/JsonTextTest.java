package dev.carillon.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, section by section. */
class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "10",
        "1.5",
        "-1.50e+3",
        "1E400",
        "0e-0",
        "\"\"",
        "\"a\\\"b\\\\\"",
        "\"\\/\\b\\f\\n\\r\\t\\u00E9\\ud800\"",
        "\"\u007F\u2028é語😀\"",
        "[]",
        "[ ]",
        "[1]",
        "[1,[2],{}]",
        "[ 1 , 2 ]",
        "{}",
        "{ }",
        "{\"\":0}",
        "{\"a\":1,\"a\":{\"b\":[null]}}",
        " { \"a\" : 1 , \"b\" : 2 } ",
        "\n\r\t 1 \n"
      })
  void aValueIsOne(String text) {
    assertTrue(isOneValue(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1 2",
        "1,",
        "1}}\n{\"push\":{}}",
        "{}{}",
        "{}\n{}",
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123",
        "\"a\tb\"",
        "\"a\nb\"",
        "\"\u0000\"",
        "'a'",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\",1}",
        "{a:1}",
        "{1:1}",
        "{,}",
        "{\"a\":1]",
        "// no\n1",
        "1 /* no */",
        "\uFEFF1",
        "\u00A01",
        "\u000B1"
      })
  void anythingElseIsNone(String text) {
    assertFalse(isOneValue(text));
  }

  @Test
  void aValueThatIsCutOffAnywhereIsNone() {
    byte[] whole = utf8("[{\"a\\u00e9é語😀\":[true,false,null,-1.5e-7,\"\"]}]");
    assertTrue(JsonText.isOneValue(whole));
    for (int length = 0; length < whole.length; length++) {
      assertFalse(JsonText.isOneValue(Arrays.copyOf(whole, length)), "at " + length);
    }
  }

  @Test
  void aStringIsUtf8() {
    // A lone continuation, overlong forms, surrogates, beyond the last character, cut off.
    for (String octets :
        new String[] {
          "\u0080",
          "\u00C0\u00AF",
          "\u00C1\u0081",
          "\u00E0\u0080\u00AF",
          "\u00ED\u00A0\u0080",
          "\u00F0\u0080\u0080\u00AF",
          "\u00F4\u0090\u0080\u0080",
          "\u00F5\u0080\u0080\u0080",
          "\u00FF",
          "\u00C3",
          "\u00E2\u0082",
          "\u00F0\u009F\u0098"
        }) {
      byte[] text = ("\"" + octets + "\"").getBytes(StandardCharsets.ISO_8859_1);
      assertFalse(JsonText.isOneValue(text), octets);
      assertFalse(Utf8.isValid(text), octets);
    }
  }

  @Test
  void aValueMayBeDeepButNotBottomless() {
    for (String[] pair : new String[][] {{"[", "]"}, {"{\"a\":", "}"}}) {
      assertTrue(isOneValue(nested(pair, JsonText.MAX_DEPTH)));
      assertFalse(isOneValue(nested(pair, JsonText.MAX_DEPTH + 1)));
      assertFalse(isOneValue(nested(pair, 1_000_000)));
    }
  }

  private static String nested(String[] pair, int depth) {
    String inner = pair[0].equals("[") ? "" : "1";
    return pair[0].repeat(depth) + inner + pair[1].repeat(depth);
  }

  @Test
  void anObjectIsToldFromOtherValues() {
    assertTrue(JsonText.isObject(utf8(" \n{}")));
    assertFalse(JsonText.isObject(utf8("[{}]")));
    assertFalse(JsonText.isObject(utf8("\"{\"")));
  }

  private static boolean isOneValue(String text) {
    return JsonText.isOneValue(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
