package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What breaks below the WebSocket ends it, and is no error of ours for the log. */
@ParameterizedClass
@EnumSource(Wire.class)
@ExtendWith(LeakWatch.class)
class BrokenSocketTest {

  @TempDir static Path folder;

  private final Wire wire;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private SocketServer server;
  private RawClient client;

  BrokenSocketTest(Wire wire) {
    this.wire = wire;
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.carillon.chat");
  }

  @BeforeEach
  void start() throws IOException {
    server = new SocketServer(wire, folder);
    client = new RawClient(server.port(), wire).open("/ws").send(text("x"));
    assertEquals("x", client.frame().text());
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() throws IOException {
    logger().detachAppender(log);
    client.close();
    server.close();
  }

  private void isOverWithoutAnError() throws InterruptedException {
    assertEquals("received x", server.event());
    assertEquals("closed", server.event());
    assertTrue(server.events.isEmpty(), "told once");
    assertEquals(
        List.of(),
        log.list.stream()
            .filter(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
            .map(ILoggingEvent::getFormattedMessage)
            .toList());
  }

  @Test
  void bytesThatAreNoTls() throws Exception {
    client.sendBelow(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    isOverWithoutAnError();
  }

  @Test
  void aReset() throws Exception {
    client.reset();
    isOverWithoutAnError();
  }

  @Test
  void anEndWithoutAGoodBye() throws Exception {
    client.close();
    isOverWithoutAnError();
  }
}
