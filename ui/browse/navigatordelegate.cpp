// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/navigatordelegate.h"

#include "models/browse/workspacetree.h"
#include "models/values/format.h"
#include "ui/browse/runstateglyph.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QTreeView>

using namespace Qt::StringLiterals;
using Kind = WorkspaceTree::Kind;
using LoadState = WorkspaceTree::LoadState;

namespace {

constexpr int rowHeight = 26;
constexpr int iconSize = 16;
constexpr int gap = 8;
constexpr int glyphWidth = 16;
constexpr int markWidth = 3; // of a server's colour
constexpr int rightMargin = 12;
constexpr int roomForAges = 340;
constexpr qint64 patience = 450; // a wait shorter than this is not worth a sign

Kind kindOf(const QModelIndex &index)
{
    return index.data(WorkspaceTree::KindRole).value<Kind>();
}

LoadState stateOf(const QModelIndex &index)
{
    return index.data(WorkspaceTree::StateRole).value<LoadState>();
}

QString iconName(Kind kind)
{
    switch (kind) {
    case Kind::Server:
        return u"network-server"_s;
    case Kind::Workspace:
        return u"folder"_s;
    case Kind::Project:
        return u"view-list-details"_s;
    case Kind::Query:
        return u"view-filter"_s;
    case Kind::Registry:
        return u"package"_s;
    case Kind::Model:
        return u"draw-cuboid"_s;
    case Kind::ShowAll:
        return u"table"_s;
    default:
        return {};
    }
}

QFont fontOf(const QStyleOptionViewItem &option, Kind kind)
{
    QFont font = option.font;
    if (kind == Kind::Server)
        font.setWeight(QFont::DemiBold);
    else if ((kind == Kind::Project || kind == Kind::Model) && option.state.testFlag(QStyle::State_Selected))
        font.setWeight(QFont::Medium);
    return font;
}

QString messageText(const QModelIndex &index)
{
    QString text = index.data().toString();
    return stateOf(index) == LoadState::Failed ? text + u'\n' + NavigatorDelegate::tr("Retry") : text;
}

QRect messageRect(const QStyleOptionViewItem &option)
{
    return option.rect.adjusted(iconSize + gap, 4, -rightMargin, -4);
}

} // namespace

QSize NavigatorDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = qMax(rowHeight, option.fontMetrics.height() + 8);
    if (kindOf(index) != Kind::Message)
        return {0, height};
    // A sentence takes the lines it needs in the width there is.
    int width = option.rect.width();
    if (const auto *view = qobject_cast<const QTreeView *>(option.widget)) {
        int depth = 1;
        for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
            ++depth;
        width = view->viewport()->width() - depth * view->indentation();
    }
    const int room = qMax(80, width - iconSize - gap - rightMargin);
    const QRect needed
        = option.fontMetrics.boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, messageText(index));
    return {0, qMax(height, needed.height() + 10)};
}

void NavigatorDelegate::paintMessage(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const bool failed = stateOf(index) == LoadState::Failed;
    if (failed) {
        paintFailed(painter,
            QRectF(option.rect.left(), option.rect.top() + 4, iconSize, option.fontMetrics.height()),
            option.palette);
    }
    const QRect area = messageRect(option);
    QRect used;
    painter.setPen(tokens.secondary);
    painter.drawText(area, Qt::TextWordWrap, index.data().toString(), &used);
    if (failed) {
        painter.setPen(tokens.accent);
        painter.drawText(QRect(area.left(), used.bottom() + 1, area.width(), option.fontMetrics.height()),
            Qt::AlignLeft, tr("Retry"));
    }
}

// From the edge inwards; gives the x at which the name must end.
int NavigatorDelegate::paintRight(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &tokens = theme::tokens(option.palette);
    int right = option.rect.right() - rightMargin + 1;
    const auto text = [&](const QString &words, const QColor &colour) {
        const int width = option.fontMetrics.horizontalAdvance(words);
        painter.setPen(colour);
        painter.drawText(QRect(right - width, option.rect.top(), width, option.rect.height()),
            Qt::AlignVCenter | Qt::AlignRight, words);
        right -= width;
    };
    const auto glyph = [&] {
        right -= glyphWidth;
        return QRectF(right, option.rect.top(), glyphWidth, option.rect.height());
    };

    const LoadState state = stateOf(index);
    if (state == LoadState::Failed) {
        paintFailed(painter, glyph(), option.palette);
        right -= 4;
    } else if (state == LoadState::Loading
        && index.data(WorkspaceTree::LoadingForRole).toLongLong() >= patience) {
        paintLoading(painter, glyph(), option.palette);
        right -= 4;
    } else if (kindOf(index) == Kind::Server && state == LoadState::Loaded) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.good);
        painter.drawEllipse(QRectF(right - 6, option.rect.center().y() - 2.5, 6, 6));
        right -= 10;
    }
    if (index.data(WorkspaceTree::ReadOnlyRole).toBool()) {
        theme::icon(u"object-locked"_s).paint(&painter, glyph().toAlignedRect(), Qt::AlignCenter);
        right -= 4;
    }
    const qint64 count = index.data(WorkspaceTree::CountRole).toLongLong();
    if (count >= 0 && kindOf(index) != Kind::Server)
        text(format::count(count), tokens.secondary);
    if (const qint64 running = index.data(WorkspaceTree::RunningRole).toLongLong(); running > 0) {
        right -= gap;
        text(format::count(running), tokens.accent);
        right -= 2;
        paintRunState(painter, glyph(), api::State::Running, option.palette);
    }
    return right - gap;
}

void NavigatorDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const Kind kind = kindOf(index);
    painter->save();
    painter->setFont(option.font);
    if (kind == Kind::Message) {
        paintMessage(*painter, option, index);
        painter->restore();
        return;
    }

    const QRect icon(option.rect.left(), option.rect.center().y() - iconSize / 2 + 1, iconSize, iconSize);
    if (kind == Kind::Experiment) {
        paintRunState(*painter, QRectF(icon),
            static_cast<api::State>(index.data(WorkspaceTree::RunStateRole).toInt()), option.palette);
    } else if (const QString name = iconName(kind); !name.isEmpty()) {
        theme::icon(name).paint(painter, icon);
    }
    int left = icon.right() + gap;
    if (const QColor mark(index.data(WorkspaceTree::ColourRole).toString()); mark.isValid()) {
        painter->fillRect(QRect(left, icon.top(), markWidth, iconSize), mark);
        left += markWidth + gap - 2;
    }
    const int end = paintRight(*painter, option, index);

    const QFont font = fontOf(option, kind);
    const QFontMetrics metrics(font);
    QRect name = option.rect;
    name.setLeft(left);
    name.setRight(end);
    painter->setFont(font);
    painter->setPen(kind == Kind::More || kind == Kind::ShowAll ? tokens.accent : tokens.text);
    painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
        metrics.elidedText(option.text, Qt::ElideMiddle, name.width()));

    left += metrics.horizontalAdvance(option.text) + gap;
    const QString detail = index.data(WorkspaceTree::DetailRole).toString();
    // The host of a server always, the age of a project where all of them find room.
    const bool hasRoom = option.widget && option.widget->width() >= roomForAges;
    if (!detail.isEmpty() && end - left > 60 && (kind == Kind::Server || hasRoom)) {
        painter->setFont(option.font);
        painter->setPen(tokens.secondary);
        painter->drawText(QRect(left, option.rect.top(), end - left, option.rect.height()),
            Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(detail, Qt::ElideMiddle, end - left));
    }
    painter->restore();
}
