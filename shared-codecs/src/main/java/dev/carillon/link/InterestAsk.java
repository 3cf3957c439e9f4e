package dev.carillon.link;

import dev.carillon.wire.Incarnation;

/**
 * Tells a node what is known of its interest: the acknowledgement of {@link InterestNews}, and the
 * question for more of it.
 *
 * @param from who asks
 * @param number greater than that of every ask before it from this node
 * @param known the version of the other's interest that is known; 0 for none
 * @param at when it was asked, in milliseconds of the asker's own clock, if the asker wants to rely
 *     on the answer for a lease from then on; 0 if it is an acknowledgement only
 */
public record InterestAsk(Incarnation from, long number, long known, long at) {}
