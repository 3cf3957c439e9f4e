package dev.carillon.wire;

import dev.carillon.control.ChannelCountsCodec;
import dev.carillon.control.ChannelsQuestionCodec;
import dev.carillon.control.DisconnectOrderCodec;
import dev.carillon.control.NodeStatsCodec;
import dev.carillon.control.OrderDoneCodec;
import dev.carillon.control.RefreshOrderCodec;
import dev.carillon.control.StatsQuestionCodec;
import dev.carillon.control.SubscribeOrderCodec;
import dev.carillon.control.UnsubscribeOrderCodec;
import dev.carillon.link.InterestAskCodec;
import dev.carillon.link.InterestDeltaCodec;
import dev.carillon.link.InterestWholeCodec;
import dev.carillon.link.LinkAckCodec;
import dev.carillon.link.LinkFrameCodec;
import dev.carillon.link.LinkPingCodec;
import dev.carillon.node.MemberAnswerCodec;
import dev.carillon.node.MemberQuestionCodec;
import dev.carillon.sessions.DisconnectSessionCodec;
import dev.carillon.sessions.SessionBeatCodec;
import dev.carillon.sessions.SessionEndedCodec;
import dev.carillon.sessions.SessionSnapshotChunkCodec;
import dev.carillon.sessions.SessionSnapshotRequestCodec;
import dev.carillon.sessions.SupersedeConnectionsCodec;
import java.util.List;

/** The codecs of everything that may cross the event bus; a node registers all of them. */
public final class WireCodecs {

  private static final List<WireCodec<?>> ALL =
      List.of(
          new LinkFrameCodec(),
          new LinkAckCodec(),
          new LinkPingCodec(),
          new MemberQuestionCodec(),
          new MemberAnswerCodec(),
          new SessionBeatCodec(),
          new SessionSnapshotRequestCodec(),
          new SessionSnapshotChunkCodec(),
          new SessionEndedCodec(),
          new DisconnectSessionCodec(),
          new SupersedeConnectionsCodec(),
          new InterestAskCodec(),
          new InterestWholeCodec(),
          new InterestDeltaCodec(),
          new DisconnectOrderCodec(),
          new UnsubscribeOrderCodec(),
          new SubscribeOrderCodec(),
          new RefreshOrderCodec(),
          new OrderDoneCodec(),
          new ChannelsQuestionCodec(),
          new ChannelCountsCodec(),
          new StatsQuestionCodec(),
          new NodeStatsCodec());

  private WireCodecs() {}

  public static List<WireCodec<?>> all() {
    return ALL;
  }
}
