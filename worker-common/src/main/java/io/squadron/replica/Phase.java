package io.squadron.replica;

import io.squadron.image.Transform;
import io.squadron.model.Freeze;
import io.squadron.optim.ParameterGroup;
import java.io.Serializable;
import java.util.List;

/**
 * A stretch of a run in which the same is trained, on inputs of one size. The weights are laid out alike in all phases;
 * evaluation always has the size of the network. Where what is trained changes, the optimiser begins anew, as it does in
 * programs that make a second optimiser for the second stage.
 *
 * @param from its first step
 * @param size side of the training inputs, in pixels
 * @param freeze what is not trained
 * @param groups how what is trained is treated
 * @param training makes inputs of that size
 * @param entry where computing begins
 */
public record Phase(long from, int size, Freeze freeze, List<ParameterGroup> groups, Transform training, Entry entry)
        implements Serializable {
    public Phase {
        groups = List.copyOf(groups);
    }

    /** From the images up. */
    public Phase(long from, int size, Freeze freeze, List<ParameterGroup> groups, Transform training) {
        this(from, size, freeze, groups, training, Entry.ofImages());
    }

    /** The same behind a frozen body. */
    public Phase with(Entry other) {
        return new Phase(from, size, freeze, groups, training, other);
    }

    /** The only one of a run that has no other. */
    static Phase whole(Network network, Learning learning, Feeding feeding) {
        return new Phase(0, network.spec().input().height(), network.freeze(), learning.groups(), feeding.training());
    }
}
