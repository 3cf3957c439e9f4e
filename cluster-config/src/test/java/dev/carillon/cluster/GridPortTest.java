package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Somebody who is no member and sends to the port of the data grid. */
class GridPortTest {

  private static final TestNodes NODES = new TestNodes();
  private static final Node FIRST = NODES.first("n1");
  private static final Node SECOND = NODES.joining("n2", FIRST);

  /** Set when the canary was loaded or made. */
  private static final String SUNG = "carillon.test.canary";

  /** How a value that Java serialised is marked in the data grid. */
  private static final int JAVA_SERIALIZED = -100;

  /** Does something when its class is loaded, and when it is read. */
  static final class Canary implements Serializable {
    private static final long serialVersionUID = 1L;

    static {
      System.setProperty(SUNG, "loaded");
    }

    private void readObject(ObjectInputStream in) throws IOException {
      System.setProperty(SUNG, "read");
    }
  }

  /** Has the same form in bytes but for one letter, so that those can be made without a canary. */
  static final class Canarx implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  private static void assertTheClusterWorks() {
    var map = FIRST.member().hazelcast().<String, String>getMap("any");
    map.set("key", "value");
    assertEquals("value", SECOND.member().hazelcast().getMap("any").get("key"));
    TestNodes.eventually("ready", () -> FIRST.readiness().ready() && SECOND.readiness().ready());
    assertEquals(2, FIRST.member().hazelcast().getCluster().getMembers().size());
  }

  private static Socket connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Sends as much as is taken, and waits until the other side closes. */
  private static void assertCloses(byte[] bytes) throws IOException {
    try (var socket = connect(FIRST.clusterPort())) {
      try {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        while (socket.getInputStream().read() >= 0) {
          // What it says before it closes is of no interest.
        }
      } catch (SocketTimeoutException open) {
        throw new AssertionError("the connection is open", open);
      } catch (IOException reset) {
        // That is closed as well.
      }
    }
  }

  @Test
  void garbageClosesTheConnectionAndNothingElse() throws IOException {
    var garbage = new byte[1_000_000];
    new Random(3).nextBytes(garbage);
    assertCloses(garbage);
    assertCloses("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertCloses(new byte[] {0x16, 3, 1, 2, 0, 1});
    assertTheClusterWorks();
  }

  @Test
  void garbageAfterARightBeginningHarmsNobody() throws IOException {
    var garbage = new byte[1_000_000];
    new Random(4).nextBytes(garbage);
    System.arraycopy("HZC".getBytes(StandardCharsets.US_ASCII), 0, garbage, 0, 3);
    assertCloses(garbage);
    assertTheClusterWorks();
  }

  @Test
  void aSerializedGadgetIsRefusedBeforeItsClassIsLoaded() throws IOException {
    System.clearProperty(SUNG);
    var log = (Logger) LoggerFactory.getLogger("com.hazelcast.spi.impl.operationexecutor");
    var refusals = new ListAppender<ILoggingEvent>();
    refusals.start();
    log.addAppender(refusals);
    try {
      sendGadget(FIRST.clusterPort());
      sendGadget(SECOND.clusterPort());
      TestNodes.eventually("refused", () -> List.copyOf(refusals.list).size() >= 2);
    } finally {
      log.detachAppender(refusals);
    }
    assertNull(System.getProperty(SUNG));
    assertTheClusterWorks();

    // The same, where nobody filters: without this the test would prove nothing.
    var config = new Config().setClusterName("unfiltered");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().setPort(0).getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    var unfiltered = Hazelcast.newHazelcastInstance(config);
    try {
      sendGadget(unfiltered.getCluster().getLocalMember().getAddress().getPort());
      TestNodes.eventually("sung", () -> "read".equals(System.getProperty(SUNG)));
      assertNotNull(System.getProperty(SUNG));
    } finally {
      unfiltered.getLifecycleService().terminate();
      System.clearProperty(SUNG);
    }
  }

  private static void sendGadget(int port) throws IOException {
    var packet = new Packet(gadget(), -1).setPacketType(Packet.Type.OPERATION);
    var buffer = ByteBuffer.allocate(4_096);
    assertTrue(new PacketIOHelper().writeTo(packet, buffer));
    try (var socket = connect(port)) {
      var out = socket.getOutputStream();
      out.write("HZC".getBytes(StandardCharsets.US_ASCII));
      out.write(buffer.array(), 0, buffer.position());
      out.flush();
      // A member answers with its own three letters; what it does with the rest comes after.
      assertEquals('H', socket.getInputStream().read());
      assertFalse(socket.isClosed());
    }
  }

  /** A value as the data grid sends it: hash, kind, and what Java made of it. */
  private static byte[] gadget() throws IOException {
    var java = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(java)) {
      out.writeObject(new Canarx());
    }
    var text = java.toString(StandardCharsets.ISO_8859_1).replace("Canarx", "Canary");
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(0)
        .putInt(JAVA_SERIALIZED)
        .put(bytes)
        .array();
  }
}
