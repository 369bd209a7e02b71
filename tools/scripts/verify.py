"""Reads the register of every commune again; run by Odoo's shell, which gives `env`.

The last lines printed are one per commune: state, name, counts, last seal.
"""
# ruff: noqa: F821

for name, check in env["jamaa.register.check"]._check_everything():
    facts = [check.state, name, check.sealed_count, check.unsealed_count, check.last_position, check.last_seal or "-"]
    print("REGISTER", *facts, sep="\t")
    for line in (check.findings or "").splitlines():
        print("FINDING", line, sep="\t")
env.cr.commit()
