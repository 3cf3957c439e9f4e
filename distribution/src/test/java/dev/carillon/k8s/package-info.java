/** The manifests of k8s/, held against the Kubernetes API and against our own options. */
@NullMarked
package dev.carillon.k8s;

import org.jspecify.annotations.NullMarked;
