#!/usr/bin/python3
"""Reference answers for the numerics, computed the long way round: float64, dense K x K matrices, explicit
inverses, autograd for gradients, one particle at a time.  Nothing here is fast; everything here is the
formula as it is written (equation tags in brackets).

    generate.py OUTDIR [SEED]

writes one folder a case: NumPy .npy arrays (float64, C order) and a case.ini (a GLib key file) that says
which operation, with which settings, turns the inputs (X, Y, U0 ...) into the outputs.
Needs Debian's python3-numpy and python3-torch."""
import os, sys
import numpy as np, torch
torch.set_default_dtype(torch.float64)
OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
rng = np.random.default_rng(SEED)

def save(case, ini, **arrays):
    d = os.path.join(OUT, case); os.makedirs(d, exist_ok=True)
    for k, a in arrays.items():
        np.save(os.path.join(d, k + ".npy"), np.ascontiguousarray(a, dtype=np.float64))
    with open(os.path.join(d, "case.ini"), "w") as f:
        f.write("[case]\n" + "".join(f"{k}={v}\n" for k, v in ini.items())
                + "arrays=" + ";".join(f"{k}{tuple(np.shape(a))}".replace(" ", "") for k, a in arrays.items()) + "\n")

# ---- network [1]: per layer weight (n_l, n_{l-1}) row-major, then bias (n_l); layers in order ------------
ACT = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": lambda z: z,
       "step": lambda z: (z > 0).to(z.dtype)}
def nparams(s): return sum(b*a + b for a, b in zip(s[:-1], s[1:]))
def net(u, X, s, act, out):
    o, A = 0, torch.as_tensor(X)
    u = torch.as_tensor(u)
    for l, (a, b) in enumerate(zip(s[:-1], s[1:])):
        W = u[o:o+a*b].reshape(b, a); o += a*b; c = u[o:o+b]; o += b
        A = A @ W.T + c
        if l < len(s)-2: A = ACT[act](A)
    return torch.softmax(A, -1) if out == "softmax" else A
def G_of(u, X, s, act, out): return net(u, X, s, act, out).detach().numpy().reshape(-1)
def loss(u, X, Y, s, act, kind, lam):               # [2], [3], [4]
    if kind == "squared": L = ((net(u, X, s, act, "identity") - torch.as_tensor(Y))**2).sum(-1).mean()
    else: L = -(torch.as_tensor(Y)*torch.log_softmax(net(u, X, s, act, "identity"), -1)).sum(-1).mean()
    return L + lam*(torch.as_tensor(u)**2).sum()
def grad(u, *a):
    t = torch.tensor(u, requires_grad=True); L = loss(t, *a); L.backward(); return L.item(), t.grad.numpy().copy()

# ---- ensemble [8]-[18] -------------------------------------------------------------------------------------
def covs(U, G):
    J = len(U); dU, dG = U - U.mean(0), G - G.mean(0)
    return dU.T @ dG / J, dG.T @ dG / J               # C^{uw} (P,K), C^{ww} (K,K)
def run_forward(U, p): return np.stack([G_of(u, p["X"], p["s"], p["act"], p["out"]) for u in U])
def step_euler(U, G, y, Gam, h):                     # [8]
    Cuw, _ = covs(U, G)
    return U - h*(Cuw @ np.linalg.inv(Gam) @ (G - y).T).T
def step_enkf(U, G, y, Gam, h, eta=None):            # [9]; eta (J,K): the noise added to y
    Cuw, Cww = covs(U, G)
    R = y[None] - G + (0 if eta is None else eta)
    return U + (Cuw @ np.linalg.inv(Cww + Gam/h) @ R.T).T
def step_etki(U, G, y, Gam, h):                      # [12] symmetric square root, divisor J-1
    J = len(U); X = (U - U.mean(0)).T/np.sqrt(J-1); Z = (G - G.mean(0)).T/np.sqrt(J-1)
    Gi = np.linalg.inv(Gam/h)
    A = np.eye(J) + Z.T @ Gi @ Z
    lam, V = np.linalg.eigh(A)
    w = np.linalg.inv(A) @ Z.T @ Gi @ (y - G.mean(0)); T = V @ np.diag(lam**-.5) @ V.T
    return (U.mean(0)[:, None] + X @ (w[:, None] + np.sqrt(J-1)*T)).T
def h_kovachki_stuart(U, G, y, Gam, h0, eps):        # [14]; D without the factor 1/J
    D = (G - G.mean(0)) @ np.linalg.inv(Gam) @ (G - y).T
    return h0/(np.linalg.norm(D) + eps)*len(U)        # times J because [8] has the 1/J
def h_misfit(G, y, Gam, t, T):                       # [15]
    Phi = .5*np.einsum("jk,kl,jl->j", y - G, np.linalg.inv(Gam), y - G); K = y.size
    h = max(K/(2*Phi.mean()), np.sqrt(K/(2*Phi.var(ddof=1))))
    return h if T is None else min(h, T - t)

def problem(s, N, J, act="tanh", out="identity", scale=.8):
    X = rng.normal(size=(N, s[0])); m = s[-1]
    if out == "softmax": Y = np.eye(m)[rng.integers(0, m, N)]
    else: Y = np.stack([np.sin(X.sum(1)*(k+1)) for k in range(m)], 1) + .1*rng.normal(size=(N, m))
    return dict(X=X, Y=Y, s=s, act=act, out=out, U0=scale*rng.normal(size=(J, nparams(s)))/np.sqrt(max(s[:-1])))
def net_ini(p): return dict(layers=";".join(map(str, p["s"])), activation=p["act"], output=p["out"])

for act in ACT:
    p = problem([3, 5, 4, 2], 7, 4, act, "identity"); save(f"forward-{act}", dict(op="forward", **net_ini(p)), X=p["X"], U0=p["U0"], G=run_forward(p["U0"], p))
p = problem([3, 5, 3], 9, 4, "tanh", "softmax"); save("forward-softmax", dict(op="forward", **net_ini(p)), X=p["X"], U0=p["U0"], G=run_forward(p["U0"], p))

for act in ("tanh", "relu", "sigmoid", "identity"):
    for kind, out in (("squared", "identity"), ("cross-entropy", "softmax")):
        p = problem([3, 5, 4, 3], 11, 1, act, out); u = p["U0"][0]
        L, g = grad(u, p["X"], p["Y"], p["s"], act, kind, .01)
        save(f"gradient-{kind}-{act}", dict(op="gradient", loss=kind, l2=.01, **net_ini(p)), X=p["X"], Y=p["Y"], U0=u, loss=[L], grad=g)
p = problem([2, 8, 1], 20, 1); u = p["U0"][0].copy(); traj = [u.copy()]; Ls = []
for _ in range(20):
    L, g = grad(u, p["X"], p["Y"], p["s"], "tanh", "squared", .001); Ls.append(L); u = u - .05*g; traj.append(u.copy())
save("descent-20-steps", dict(op="descent", loss="squared", l2=.001, h=.05, batch="full", **net_ini(p)), X=p["X"], Y=p["Y"], U0=traj[0], U=np.stack(traj), loss=Ls)

def ensemble_case(name, op, p, Gam, steps, f, **ini):
    """steps of U <- f(U, G, y, n); saves every ensemble, (steps+1, J, P)."""
    U, y, Us, hs = p["U0"], p["Y"].reshape(-1), [p["U0"]], []
    for n in range(steps):
        r = f(U, run_forward(U, p), y, n)
        U, h = r if isinstance(r, tuple) else (r, None)
        Us.append(U); hs.append(h)
    extra = {} if hs[0] is None else {"h": hs}
    save(name, dict(op=op, steps=steps, **ini, **net_ini(p)), X=p["X"], Y=p["Y"], Gamma=Gam, U=np.stack(Us), **extra)

def iso(p, g): return g*g*np.eye(p["Y"].size)
p = problem([2, 6, 1], 15, 12); G2 = iso(p, .3)
ensemble_case("eki-euler", "eki-euler", p, G2, 10, lambda U, G, y, n: step_euler(U, G, y, G2, .01), h=.01, gamma=.3)
ensemble_case("eki-kalman", "eki-kalman", p, G2, 10, lambda U, G, y, n: step_enkf(U, G, y, G2, 1.), h=1, gamma=.3, perturb="false")
ensemble_case("eki-kalman-h0.1", "eki-kalman", p, G2, 10, lambda U, G, y, n: step_enkf(U, G, y, G2, .1), h=.1, gamma=.3, perturb="false")
Jbig = problem([2, 6, 1], 8, 40); Gb = iso(Jbig, .3)                       # J > K and J > P
ensemble_case("eki-kalman-many-particles", "eki-kalman", Jbig, Gb, 3, lambda U, G, y, n: step_enkf(U, G, y, Gb, 1.), h=1, gamma=.3, perturb="false")
q = problem([2, 5, 3], 10, 9, "relu"); sd = np.array([.1, .3, .9]); Gd = np.diag(np.tile(sd**2, 10))
ensemble_case("eki-kalman-per-output", "eki-kalman", q, Gd, 5, lambda U, G, y, n: step_enkf(U, G, y, Gd, 1.), h=1, gamma=";".join(map(str, sd)), perturb="false")
B = rng.normal(size=(3, 3)); Gm = B @ B.T/3 + .05*np.eye(3); Gf = np.kron(np.eye(10), Gm)
ensemble_case("eki-kalman-full-block", "eki-kalman", q, Gm, 5, lambda U, G, y, n: step_enkf(U, G, y, Gf, 1.), h=1, gamma="block: Gamma.npy is m x m, one block a datum", perturb="false")
c = problem([4, 6, 3], 12, 10, "tanh", "softmax"); Gc = iso(c, .1)
ensemble_case("eki-kalman-softmax", "eki-kalman", c, Gc, 5, lambda U, G, y, n: step_enkf(U, G, y, Gc, 1.), h=1, gamma=.1, perturb="false")
eta = rng.normal(size=(5, 12, 15))*.3
U, Us = p["U0"], [p["U0"]]
for n in range(5): U = step_enkf(U, run_forward(U, p), p["Y"].reshape(-1), G2, 1., eta[n]); Us.append(U)
save("eki-kalman-given-noise", dict(op="eki-kalman", steps=5, h=1, gamma=.3, perturb="given: eta.npy (steps,J,K) is added to y", **net_ini(p)), X=p["X"], Y=p["Y"], Gamma=G2, eta=eta, U=np.stack(Us))
def ks(U, G, y, n): h = h_kovachki_stuart(U, G, y, G2, 2., .5); return step_euler(U, G, y, G2, h), h
ensemble_case("eki-euler-kovachki-stuart", "eki-euler", p, G2, 10, ks, h0=2, epsilon=.5, gamma=.3, rule="kovachki-stuart")
def dmc(T):
    t = [0.]
    def f(U, G, y, n): h = h_misfit(G, y, G2, t[0], T); t[0] += h; return step_enkf(U, G, y, G2, h), h
    return f
ensemble_case("eki-kalman-misfit-continue", "eki-kalman", p, G2, 8, dmc(None), gamma=.3, rule="misfit", perturb="false")
ensemble_case("etki", "etki", p, G2, 6, lambda U, G, y, n: step_etki(U, G, y, G2, 1.), h=1, gamma=.3)
def teki(step, h):                                   # [13] stack the parameters under the outputs
    C0 = np.diag(np.full(p["U0"].shape[1], .25))
    Gt = np.block([[G2, np.zeros((15, len(C0)))], [np.zeros((len(C0), 15)), C0]])
    return lambda U, G, y, n: step(U, np.hstack([G, U]), np.concatenate([y, np.zeros(len(C0))]), Gt, h)
ensemble_case("teki-kalman", "eki-kalman", p, G2, 10, teki(step_enkf, 1.), h=1, gamma=.3, perturb="false", prior_term="true", prior_mean=0, prior_std=.5)
ensemble_case("teki-euler", "eki-euler", p, G2, 10, teki(step_euler, .005), h=.005, gamma=.3, prior_term="true", prior_mean=0, prior_std=.5)
def ce(U, G, y, n):                                  # [11] w = logits, gradient of cross-entropy at each particle
    Z = np.stack([G_of(u, c["X"], c["s"], c["act"], "identity") for u in U])
    J = len(U); dU, dZ = U - U.mean(0), Z - Z.mean(0)
    return U - .05*((G - y) @ dZ.T/J) @ dU
ensemble_case("eki-euler-cross-entropy", "eki-euler", c, Gc, 10, ce, h=.05, loss="cross-entropy", gamma="unused")
xi = rng.normal(size=(6, 12, 12)); h = .002; P = p["U0"].shape[1]; C0i = np.eye(P)/.25
U, Us = p["U0"], [p["U0"]]
for n in range(6):                                   # [16] ALDI, prior term implicit, prior N(0, .25 I)
    G = run_forward(U, p); J = len(U); dU = U - U.mean(0); dG = G - G.mean(0); C = dU.T @ dU/J
    D = (G - p["Y"].reshape(-1)) @ np.linalg.inv(G2) @ dG.T/J
    star = U - h*D @ dU + h*(P+1)/J*dU
    U = np.linalg.solve(np.eye(P) + h*C @ C0i, star.T).T + np.sqrt(2*h/J)*xi[n] @ dU; Us.append(U)
save("aldi", dict(op="aldi", steps=6, h=h, gamma=.3, prior_mean=0, prior_std=.5, noise="given: xi.npy (steps,J,J); particle j gets sqrt(2h/J) sum_k xi[j,k] dU[k]", **net_ini(p)), X=p["X"], Y=p["Y"], Gamma=G2, xi=xi, U=np.stack(Us))
V, Us, hist = p["U0"], [p["U0"]], [p["U0"]]          # [17] Nesterov, applied particle by particle
prev = p["U0"]; U = p["U0"]
for n in range(8):
    lam = max(0., 1 - 3/(n+1)); V = U + lam*(U - prev); prev = U
    U = step_enkf(V, run_forward(V, p), p["Y"].reshape(-1), G2, .2); Us.append(U)
save("eki-kalman-nesterov", dict(op="eki-kalman", steps=8, h=.2, gamma=.3, perturb="false", momentum="nesterov: lambda_n = max(0, 1 - 3/(n+1)), n = 0, 1, ...", **net_ini(p)), X=p["X"], Y=p["Y"], Gamma=G2, U=np.stack(Us))
# linear model: exact Gaussian posterior, and the identity velocity = -C(u) grad Phi
A = rng.normal(size=(10, 4)); y = rng.normal(size=10); g = .5; m0 = np.zeros(4); C0 = np.eye(4)
Cp = np.linalg.inv(A.T @ A/g**2 + np.linalg.inv(C0)); mp = Cp @ (A.T @ y/g**2)
J = 30; U0 = rng.normal(size=(J, 4)); dU = U0 - U0.mean(0); W = np.linalg.cholesky(dU.T @ dU/(J-1)); U0 = (dU @ np.linalg.inv(W).T)   # sample mean 0, covariance I exactly
U = U0
for hh in (.05, .2, .45, .3): U = step_etki(U, U @ A.T, y, g*g*np.eye(10), hh)
Gl = U0 @ A.T; vel = -(covs(U0, Gl)[0] @ (Gl - y).T/g**2).T
gradPhi = ((U0 @ A.T - y) @ A)/g**2
save("linear-gaussian", dict(op="linear", gamma=g, h="0.05;0.2;0.45;0.3 (sum 1): ETKI with these steps gives the exact posterior moments (divisor J-1)", layers="4;1 with no bias: G(u) = A u"), A=A, y=y, U0=U0, posterior_mean=mp, posterior_cov=Cp, etki_U=U, velocity=vel, gradient=gradPhi, C=covs(U0, U0)[0])
assert np.allclose(U.mean(0), mp) and np.allclose(np.cov(U.T), Cp) and np.allclose(vel, -gradPhi @ covs(U0, U0)[0])
print("cases:", len(os.listdir(OUT)))
