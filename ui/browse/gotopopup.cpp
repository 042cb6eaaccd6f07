// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/gotopopup.h"

#include "models/browse/goto.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeight = 30;
constexpr int widest = 640;
constexpr int below = 40 + 28; // the menu bar and the location bar stay in sight

// A place and, in small print, where it is.
class SuggestionDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {0, rowHeight}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const theme::Tokens &tokens = theme::tokens(option.palette);
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.selection);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 0.5, -4, -0.5), 6, 6);
        }
        QRect rest = option.rect.adjusted(14, 0, -14, 0);
        theme::icon(iconName(index)).paint(painter, QRect(rest.left(), rest.center().y() - 7, 16, 16));
        rest.setLeft(rest.left() + 24);
        const QString detail = index.data(GoTo::DetailRole).toString();
        painter->setFont(option.font);
        painter->setPen(tokens.secondary);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, detail);
        rest.setRight(rest.right() - option.fontMetrics.horizontalAdvance(detail) - 12);
        painter->setPen(tokens.text);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, rest.width()));
        painter->restore();
    }

private:
    static QString iconName(const QModelIndex &index)
    {
        if (index.data(GoTo::LookUpRole).toBool())
            return u"edit-find"_s;
        const Place place = index.data(GoTo::PlaceRole).value<Place>();
        if (place.registry)
            return place.model.isEmpty() ? u"package"_s : u"draw-cuboid"_s;
        if (!place.experiment.isEmpty())
            return u"office-chart-line"_s;
        if (!place.project.isEmpty())
            return u"view-list-details"_s;
        return place.workspace.isEmpty() ? u"network-server"_s : u"folder"_s;
    }
};

} // namespace

GoToPopup::GoToPopup(Sessions &sessions, WorkspaceTree &tree, QWidget *parent)
    : QFrame(parent)
    , m_model(new GoTo(sessions, tree, this))
    , m_field(new SearchField(tr("Workspace, project, experiment, model, key or link")))
    , m_list(new QListView)
    , m_note(new QLabel)
{
    setAccessibleName(tr("Go to anything"));
    setVisible(false);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SuggestionDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // typing goes on while choosing
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Suggestions"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setContentsMargins(14, 6, 14, 8);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 8, 1, 6);
    layout->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 0);
    top->addWidget(m_field);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);

    auto *shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(28);
    shadow->setOffset(0, 6);
    shadow->setColor(QColor(0, 0, 0, 90));
    setGraphicsEffect(shadow);

    m_field->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, m_model, &GoTo::setText);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_current = m_list->currentIndex().row() > 0 ? m_list->currentIndex().data(GoTo::PlaceRole).value<Place>() : Place();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &GoToPopup::showSuggestions);
    connect(m_list, &QListView::clicked, this, &GoToPopup::choose);
    connect(m_model, &GoTo::lookingUp, m_note, &QLabel::setText);
    connect(m_model, &GoTo::failed, m_note, &QLabel::setText);
    connect(m_model, &GoTo::ambiguous, m_note, &QLabel::setText);
    for (const auto said : {&GoTo::lookingUp, &GoTo::failed, &GoTo::ambiguous})
        connect(m_model, said, this, [this] {
            m_note->show();
            place();
        });
    connect(m_model, &GoTo::chosen, this, [this](const Place &chosen) {
        leave();
        emit placeActivated(chosen);
    });
}

void GoToPopup::open()
{
    m_field->clear();
    m_model->begin();
    m_note->hide();
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void GoToPopup::setHere(const Place &here, std::shared_ptr<const api::Experiments> listing)
{
    m_model->setHere(here, std::move(listing));
}

void GoToPopup::setRecent(const std::vector<Place> &places)
{
    m_model->setRecent(places);
}

void GoToPopup::place()
{
    const int width = qMin(widest, parentWidget()->width() - 32);
    const int rows = qBound(0, m_model->rowCount(), 12);
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(rows * rowHeight);
    const int note = m_note->isHidden() ? 0 : m_note->heightForWidth(width - 2) + 4;
    const int height = m_field->sizeHint().height() + 8 + 6 + 4 + rows * rowHeight + note;
    setGeometry((parentWidget()->width() - width) / 2, below, width,
        qMin(height, parentWidget()->height() - below - 16));
}

void GoToPopup::showSuggestions()
{
    // More that was found for the same text does not move what is chosen.
    int current = 0;
    const bool isSameText = m_shownText == m_model->text();
    for (int row = 0; row < m_model->rowCount() && isSameText && !m_current.isNull(); ++row) {
        if (m_model->index(row).data(GoTo::PlaceRole).value<Place>() == m_current)
            current = row;
    }
    m_shownText = m_model->text();
    m_list->setCurrentIndex(m_model->index(current));
    const bool nothing = m_model->rowCount() == 0;
    m_note->setVisible(nothing);
    if (nothing) {
        m_note->setText(m_model->text().isEmpty()
                ? tr("Type a name, workspace/project/experiment, a key, or paste a link.")
                : tr("Nothing loaded here has this name. A full path, key or link is looked up on the server."));
    }
    place();
}

void GoToPopup::step(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int row = qBound(0, m_list->currentIndex().row() + rows, count - 1);
    m_list->setCurrentIndex(m_model->index(row));
}

void GoToPopup::choose()
{
    m_model->choose(m_list->currentIndex());
}

void GoToPopup::leave()
{
    m_model->end();
    hide();
    parentWidget()->setFocus();
}

bool GoToPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible() && !isAncestorOf(QApplication::focusWidget())) {
        m_model->end();
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        step(10);
        return true;
    case Qt::Key_PageUp:
        step(-10);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    default:
        return false;
    }
}

void GoToPopup::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}
