// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartlayout.h"

#include <utility>
#include <vector>

// The layouts of a page before and after the one that is shown. How lines are drawn is not part of it: undoing a
// panel must not change what a person looks at now.
class LayoutHistory
{
public:
    void clear()
    {
        m_before.clear();
        m_after.clear();
    }
    // now is about to be changed by the person.
    void keep(const ChartLayout &now)
    {
        constexpr std::size_t most = 200;
        m_before.push_back(now);
        if (m_before.size() > most)
            m_before.erase(m_before.begin());
        m_after.clear();
    }
    bool canUndo() const { return !m_before.empty(); }
    bool canRedo() const { return !m_after.empty(); }
    // canUndo() and canRedo() must be true.
    ChartLayout undo(const ChartLayout &now) { return step(m_before, m_after, now); }
    ChartLayout redo(const ChartLayout &now) { return step(m_after, m_before, now); }

private:
    static ChartLayout step(std::vector<ChartLayout> &from, std::vector<ChartLayout> &to, const ChartLayout &now)
    {
        to.push_back(now);
        ChartLayout layout = std::move(from.back());
        from.pop_back();
        layout.settings = now.settings;
        return layout;
    }

    std::vector<ChartLayout> m_before;
    std::vector<ChartLayout> m_after;
};
