package io.squadron.optim;

import io.squadron.model.Role;

/** Which learned slices weight decay reaches. */
public enum Decay {
    /** Weights of convolutions and dense layers, but neither biases nor batch norms (Goyal et al., arXiv:1706.02677). */
    WEIGHTS_ONLY,
    /** Everything that is learned, as torch does when it is given all parameters in one group. */
    EVERYTHING;

    boolean reaches(Role role) {
        return this == EVERYTHING ? role.learned() : role.decays();
    }
}
